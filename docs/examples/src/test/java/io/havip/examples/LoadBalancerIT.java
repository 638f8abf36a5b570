package io.havip.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.testkit.lab.Await;
import io.havip.testkit.lab.Lab;
import io.havip.testkit.lab.LabHost;
import io.havip.testkit.lab.LabProcess;
import io.havip.testkit.lab.RealNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The pair of load balancers of the examples, with its own files: real HAProxies on two hosts, two
 * web servers behind them, and a client that knows the HAVIP only.
 */
class LoadBalancerIT {

  private static final String VIP = "172.17.16.3";
  private static final String ANSWER = "answer 200 ";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  /**
   * Two failed runs a second apart, the longest run, the skew, and as much again for a machine that
   * is busy: more than that is not explained by the configuration.
   */
  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(10);

  private Lab lab;
  private LabHost lb1;
  private LabHost lb2;
  private LabHost client;
  private LabProcess haproxy1;
  private LabProcess haproxy2;
  private LabProcess requests;

  @BeforeEach
  void lb1Serves() throws IOException {
    RealNetwork.assume("haproxy", "curl", "arping");
    lab = Lab.open();
    lb1 = lab.addHost("lb1", "172.17.16.7");
    lb2 = lab.addHost("lb2", "172.17.16.13");
    client = lab.addHost("client", "172.17.16.100");
    web(lab.addHost("web1", "172.17.16.21"));
    web(lab.addHost("web2", "172.17.16.22"));
    haproxy1 = haproxy(lb1);
    haproxy2 = haproxy(lb2);
    Member.start(lb1, file("lb1.conf")).awaitActive(LIMIT);
    Member.start(lb2, file("lb2.conf"));
    requests = requests();
    awaitServedBy(lb1, System.nanoTime());
  }

  @AfterEach
  void close() {
    if (lab != null) {
      lab.close();
    }
  }

  @Test
  void aStoppedHaproxyMovesTheAddressAndItsReturnDoesNot() throws IOException {
    long stopped = System.nanoTime();
    haproxy1.close();
    long back = awaitServedBy(lb2, stopped);
    assertThat(Duration.ofNanos(back - stopped)).isLessThan(LONGEST_OUTAGE);
    lb1.awaitNoAddress(VIP, LIMIT);

    haproxy1 = haproxy(lb1);
    awaitHealthy(lb1);
    long returned = System.nanoTime();
    awaitServedBy(lb2, returned);
    assertThat(client.allArpAnswers(VIP)).containsExactly(lb2.mac());

    long stoppedAgain = System.nanoTime();
    haproxy2.close();
    awaitServedBy(lb1, stoppedAgain);
    List<String> answers = answersSince(returned);
    assertThat(answers).contains("lb1", "lb2");
    assertThat(answers.indexOf("lb1"))
        .as("lb1 answers again only when lb2 does no more: %s", answers)
        .isGreaterThan(answers.lastIndexOf("lb2"));
  }

  @Test
  void aLoadBalancerWithoutServersIsUnfitToo() {
    long cut = System.nanoTime();
    // lb1 alone loses the servers: lb2, which still reaches them, takes over.
    lb1.exec("ip", "route", "add", "unreachable", "172.17.16.21/32");
    lb1.exec("ip", "route", "add", "unreachable", "172.17.16.22/32");

    awaitServedBy(lb2, cut);
    lb1.awaitNoAddress(VIP, LIMIT);
  }

  /** A file of the example, as a file. */
  private Path file(String name) throws IOException {
    return Files.writeString(
        lab.folder().resolve(name), ExampleFiles.text("load-balancer/" + name));
  }

  private LabProcess haproxy(LabHost host) throws IOException {
    LabProcess haproxy =
        host.start(
            "env",
            "LB_NAME=" + host.name(),
            "haproxy",
            "-db",
            "-f",
            file("haproxy.cfg").toString());
    awaitHealthy(host);
    return haproxy;
  }

  private static void awaitHealthy(LabHost host) {
    Await.until(
        "HAProxy on " + host.name() + " to serve",
        LIMIT,
        () -> host.tryExec("curl", "-fs", "--max-time", "1", "http://127.0.0.1:8404/health").ok());
  }

  /** A web server is an HAProxy that answers by itself: a whole one would prove no more. */
  private void web(LabHost host) throws IOException {
    Path file = lab.folder().resolve(host.name() + ".cfg");
    Files.writeString(
        file,
        """
        defaults
            mode http
            timeout connect 1s
            timeout client 10s
            timeout server 10s
        frontend web
            bind :8000
            http-request return status 200 content-type text/plain string "%s"
        """
            .formatted(host.name()));
    host.start("haproxy", "-db", "-f", file.toString());
    Await.until(
        host.name() + " to answer",
        LIMIT,
        () -> host.tryExec("curl", "-fs", "http://127.0.0.1:8000/").ok());
  }

  /** Asks ten times a second; each line names the load balancer that answered, if one did. */
  private LabProcess requests() {
    String ask =
        "curl -s -o /dev/null --max-time 1 -w 'answer %{http_code} %header{x-load-balancer}\\n'"
            + " http://"
            + VIP
            + "/";
    return client.start("sh", "-c", "while :; do " + ask + "; sleep 0.1; done");
  }

  /** Waits for an answer by way of a host that came after the given time. */
  private long awaitServedBy(LabHost host, long since) {
    return requests.awaitLine((ANSWER + host.name())::equals, since, LIMIT).nanos();
  }

  /** Who answered since, in order; failed requests are left out. */
  private List<String> answersSince(long since) {
    return requests.lines().stream()
        .filter(line -> line.nanos() - since >= 0 && line.text().startsWith(ANSWER))
        .map(line -> line.text().substring(ANSWER.length()))
        .toList();
  }
}
