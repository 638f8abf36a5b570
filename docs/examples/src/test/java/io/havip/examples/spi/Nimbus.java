package io.havip.examples.spi;

import io.havip.net.IpAddress;
import io.havip.spi.cloud.CloudCapabilities;
import io.havip.spi.cloud.TakeoverMode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A cloud that does not exist: for each address a holder and a version, written by If-Match. */
final class Nimbus {

  /** The status of a call whose reply never came. */
  static final int NO_REPLY = 0;

  /** A call moves an address at once; a revision guards it, and numbers its holders. */
  static final CloudCapabilities CAPABILITIES =
      new CloudCapabilities(
          TakeoverMode.MOVE,
          true,
          true,
          true,
          true,
          true,
          false,
          10,
          Duration.ZERO,
          Duration.ofSeconds(1),
          Duration.ZERO);

  private final Map<IpAddress, Reply> addresses = new HashMap<>();

  /** What the cloud answers. */
  record Reply(int status, String holder, long version) {

    static Reply of(int status) {
      return new Reply(status, "", 0);
    }
  }

  void register(IpAddress address) {
    addresses.put(address, new Reply(200, "", 1));
  }

  /** One client's access, which a test can break. */
  final class Access {

    private int instead = 200;
    private boolean loses;

    /** Answers with another status from now on, without doing anything; 200 to be well again. */
    void refuse(int status) {
      instead = status;
    }

    /** Does what it is asked to, but its replies get lost. */
    void loseReplies(boolean value) {
      loses = value;
    }

    Reply get(IpAddress address, Duration within) {
      return reply(addresses.getOrDefault(address, Reply.of(404)));
    }

    /** A write of the holder that there is changes nothing. */
    Reply put(IpAddress address, Optional<String> ifMatch, String holder, Duration within) {
      Reply now = addresses.getOrDefault(address, Reply.of(404));
      if (instead != 200 || now.status() != 200) {
        return reply(now);
      }
      if (ifMatch.isPresent() && !ifMatch.get().equals(Long.toString(now.version()))) {
        return reply(Reply.of(412));
      }
      if (!now.holder().equals(holder)) {
        addresses.put(address, new Reply(200, holder, now.version() + 1));
      }
      return reply(addresses.getOrDefault(address, now));
    }

    private Reply reply(Reply real) {
      return loses ? Reply.of(NO_REPLY) : instead == 200 ? real : Reply.of(instead);
    }

    void close() {
      instead = 503;
    }
  }
}
