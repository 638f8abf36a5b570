#!/bin/sh
# Two hosts and a client on one bridge, in network namespaces of this machine. Needs root and iproute2.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
jar=$here/examples/target/havip-examples.jar
conf=$here/examples/src/main/resources/io/havip/examples
vip=172.17.16.3

usage() {
  cat <<'TEXT'
docs/lab.sh up            makes the hosts a (172.17.16.13), b (172.17.16.7) and client (172.17.16.100)
docs/lab.sh member a|b    runs a member of the group on a host, until Ctrl-C
docs/lab.sh on HOST CMD   runs a command on a host
docs/lab.sh holder        says which host's MAC address the client has for the address
docs/lab.sh down          ends what runs there and removes the hosts
TEXT
}

host() {
  ip netns add "havip-$1"
  ip -n "havip-$1" link set lo up
  ip link add "havip-$1" type veth peer name eth0 netns "havip-$1"
  ip link set "havip-$1" netns havip-lan up
  ip -n havip-lan link set "havip-$1" master br0
  ip -n "havip-$1" addr add "$2/24" dev eth0
  ip -n "havip-$1" link set eth0 up
}

down() {
  for name in a b client lan; do
    if ip netns pids "havip-$name" >/dev/null 2>&1; then
      ip netns pids "havip-$name" | xargs -r kill -9
      ip netns del "havip-$name"
    fi
  done
}

case ${1:-help} in
  up)
    down
    ip netns add havip-lan
    ip -n havip-lan link add br0 type bridge mcast_snooping 0
    ip -n havip-lan link set br0 up
    host a 172.17.16.13
    host b 172.17.16.7
    host client 172.17.16.100
    ;;
  member)
    case ${2:-} in
      a) file=$conf/cvm1.conf ;;
      b) file=$conf/cvm2.conf ;;
      *) usage >&2; exit 2 ;;
    esac
    jdk=$("$here/../build" jdk)
    exec ip netns exec "havip-$2" "$jdk/bin/java" -jar "${HAVIP_JAR:-$jar}" node -f "$file"
    ;;
  on)
    name=$2
    shift 2
    exec ip netns exec "havip-$name" "$@"
    ;;
  holder)
    ip netns exec havip-client ping -c 1 -W 1 $vip >/dev/null || { echo 'nobody answers'; exit 1; }
    mac=$(ip -n havip-client neigh show $vip | sed -n 's/.*lladdr \([0-9a-f:]*\).*/\1/p')
    for name in a b; do
      if ip -n "havip-$name" link show eth0 | grep -q "$mac"; then
        echo "$name"
      fi
    done
    ;;
  down) down ;;
  *) usage ;;
esac
