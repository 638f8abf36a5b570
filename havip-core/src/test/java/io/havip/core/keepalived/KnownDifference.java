package io.havip.core.keepalived;

/**
 * Where the reader decides otherwise than Keepalived 2.2.7, on purpose. Each is in the document.
 */
enum KnownDifference {
  MISSING_FILE(
      "A missing file is an error, and so is one that configures no virtual router. Keepalived"
          + " starts with nothing configured."),
  DEFAULT_INTERFACE(
      "An instance without interface uses the default_interface, for its adverts too, in multicast"
          + " as in unicast. Keepalived's manual page gives it to the addresses of unicast"
          + " instances; 2.2.7 uses neither kind of instance."),
  MISSING_INCLUDE(
      "An included file that is missing gives a warning. Keepalived writes a line to its log and"
          + " tests the configuration as good."),
  BYTE_ORDER_MARK(
      "A byte-order mark is passed over. Keepalived takes it for a part of the first keyword and"
          + " loses that block."),
  EXECUTABLE_FILE("A file with an executable bit is read, with a warning. Keepalived skips it."),
  ESCAPED_COMMENT_SIGN(
      "\\# and \\! and the parameters _HASH and _BANG stand for the sign outside quotes too."
          + " Keepalived reads its own copy of the file a second time, in which they start a"
          + " comment."),
  UNDEFINED_PARAMETER(
      "A reference ${NAME} to an undefined parameter stays as it is. Keepalived takes its braces"
          + " for those of a block."),
  SELF_REFERENCE(
      "A parameter that refers to itself is an error. Keepalived 2.2.7 does not return."),
  CONDITION_IN_PARAMETER(
      "A parameter may hold a condition such as @id. Keepalived garbles the line if it holds."),
  INCLUDE_BEHIND_BRACE("An include behind a brace is read once. Keepalived reads it twice."),
  RANDOM("${_RANDOM} is an error, for two readings would differ."),
  BRACES(
      "An unknown block is passed over whole, and a missing or surplus brace is mended where it is"
          + " clear what was meant. Keepalived misreads what follows."),
  BLOCK_WITHOUT_BRACE(
      "A block whose opening brace is missing is not used. Keepalived reads some of what follows"
          + " into it."),
  INCLUDE_IN_QUOTES(
      "The name of an included file may stand in quotes, which Keepalived takes for a part of it."),
  SURPLUS_WORDS("Words behind a value give a note. Keepalived says nothing."),
  NO_ADDRESS(
      "A virtual router without address is not used, and is an error. Keepalived runs it in"
          + " version 2."),
  UNUSABLE_ADDRESS(
      "0.0.0.0, loopback and multicast addresses are left out with a warning. Keepalived takes"
          + " them."),
  REPEATED_ADDRESS(
      "An address given twice is used once, with a warning. Keepalived adverts it twice."),
  PREFIX_LENGTH(
      "A prefix length that cannot be read gives a host address. Keepalived says so too, but uses"
          + " what it read up to there."),
  SCOPE("A scope other than global, site, link and host gives global, with a warning."),
  ADDRESS_OPTIONS("Options of an address that are missing here give a warning."),
  UNICAST_WITHOUT_PEERS(
      "Unicast without peers is an error. Keepalived turns to multicast, which clouds drop."),
  OWN_ADDRESS_AS_PEER(
      "A peer with the own address is left out with a warning. Keepalived sends to itself."),
  MULTICAST_PEER("A peer that is a multicast address is left out with a warning."),
  REPEATED_PEER("A peer given twice is sent to once, with a note."),
  STRANGERS(
      "Adverts of senders that are no peers are refused. Keepalived accepts them unless"
          + " check_unicast_src is given."),
  HOP_LIMIT(
      "IPv6 adverts to peers have hop limit 255. Keepalived leaves the kernel's 64 unless"
          + " unicast_ttl is given."),
  ZERO_TTL("unicast_ttl 0 gives 255, with a warning. Keepalived takes it."),
  TTL_RANGE(
      "min_ttl above max_ttl is not used. Keepalived warns of it too, but then accepts nothing."),
  SAME_VRID(
      "Two virtual routers of one interface and family never have the same VRID. Keepalived allows"
          + " it for unicast to different peers; here the second is an error and not used."),
  SAME_ADDRESS(
      "Two virtual routers never have an address in common; it is an error. Keepalived lets them"
          + " fight about it."),
  IPV6_IN_VERSION_2("IPv6 is version 3 even if version 2 is asked for, with a warning."),
  LONGEST_INTERVAL(
      "A version 3 interval is never rounded up beyond 40.95 s. Keepalived makes 40.96 s of"
          + " 40.955, which the field cannot hold."),
  AUTHENTICATION_HEADER(
      "auth_type AH is an error. Peers that use it would not understand an advert without."),
  PASSWORD_WITHOUT_TYPE(
      "auth_pass without auth_type gives a warning. Keepalived sends no password and says"
          + " nothing."),
  MISREAD_NUMBER(
      "A whole number that is followed by anything else is not used. Keepalived says so too for"
          + " some keywords, but uses the digits before or 0."),
  SCRIPT_WEIGHT(
      "A weight beyond 253 is limited or left out. Keepalived says so too, but uses it in"
          + " vrrp_script."),
  SCRIPT_BEHIND_ITS_USE(
      "A vrrp_script may stand behind the instance that tracks it. Keepalived does not find it."),
  REPEATED_SCRIPT("A second vrrp_script of the same name gives a warning. The first is used."),
  FRACTIONS(
      "interval and timeout of a script may have fractions, as in later versions of Keepalived."),
  SCRIPT_LOOKED_FOR_LATER(
      "Whether a command exists and may be run is found out when it runs. Keepalived looks for it"
          + " at the start and leaves it out if it is not there."),
  LAST_WORD(
      "higher_prio_send_advert is on unless it is switched off, so that the winner after a"
          + " partition learns of the other and announces its addresses. Keepalived's default is"
          + " off."),
  GROUP_OF_ONE(
      "A sync group with fewer than two members is not used. Keepalived warns of it too, but keeps"
          + " it."),
  PROCESS_IN_A_GROUP(
      "The weight of a process that a member of a sync group tracks for itself does not count, as"
          + " Keepalived's manual page says. Keepalived 2.2.7 counts it."),
  SOURCE_TRACKED(
      "A source address that is given and missing is a fault. Keepalived makes it one only with"
          + " track_src_ip."),
  OLD_CHECKSUM(
      "The unicast checksum of Keepalived up to 1.3.6 is used only with old_unicast_checksum."
          + " Keepalived turns to it for good when it sees one such packet."),
  REPLACED_VALUE(
      "A source address that a later one replaces is not held against the peers. Keepalived warns"
          + " of it."),
  SCRIPT_USER(
      "A notify command whose user does not exist is left out with a warning. Keepalived leaves it"
          + " out in silence."),
  VALUE_OF_AN_IGNORED_KEYWORD("The value of a keyword that is ignored is not checked."),
  READER_WITHOUT_FIFO(
      "A script that reads a FIFO which is not configured gives a warning. Keepalived says"
          + " nothing."),
  UNKNOWN_TRACK_FILE(
      "A track_file that is not defined is left out with a warning. Keepalived 2.2.7 does not"
          + " return."),
  FOLDER_OF_TRACK_FILE(
      "A track_file whose folder is missing counts as 0. Keepalived leaves it out."),
  PROCESS_WITH_PATH(
      "A process that is given with its path is looked for in the command line, with a warning."
          + " Keepalived never finds it."),
  DEV_TCP("A command that starts with '<' is not supported; run a shell, as in bash -c."),
  NEWER_KEYWORD("Keywords of later versions are known."),
  NOT_SUPPORTED("A keyword that is missing here gives a warning."),
  INTERFACES("Whether an interface exists is found out when the node starts."),
  MINIMAL_REFRESH(
      "With vrrp_min_garp a refresh announces nothing unless its repeat is given, so it is left"
          + " out."),
  NO_ACCEPT(
      "With no_accept packets to the addresses are dropped, and those from them are not. Keepalived"
          + " drops both; RFC 9568 asks for the first."),
  CONDITIONS("@ lines are an error when neither a config id nor a host name was given."),
  LIMITS(
      "A configuration may make at most 200,000 statements and 8 MiB of text, and include files 32"
          + " deep. Keepalived has no limit, and a file that includes itself is read until its"
          + " descriptors run out.");

  private final String reason;

  KnownDifference(String reason) {
    this.reason = reason;
  }

  /** One line for the document. */
  String reason() {
    return reason;
  }
}
