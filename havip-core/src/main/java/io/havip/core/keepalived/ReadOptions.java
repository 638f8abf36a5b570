package io.havip.core.keepalived;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a file is read with. Nothing is looked up unless {@link #forThisHost} is called, so that the
 * same text and the same options always give the same result.
 *
 * @param strict whether a warning or an error makes the whole file unusable; notes never do
 * @param configId what {@code @id} lines are compared with and {@code ${_INSTANCE}} stands for,
 *     Keepalived's option {@code -i}; if empty, the host name up to its first dot
 * @param hostName the name of this host; names the node when the file has no {@code router_id}
 * @param userName the user of the process that will run the commands. Only {@code root} can run
 *     them as another: for any other, a {@code user} or {@code script_user} that differs is
 *     reported. If empty, it is left to the process to try
 * @param sinceBoot how long the host has been up, which {@code vrrp_delay_after_boot} counts from;
 *     if empty, it counts from the start of the node
 * @param scriptHost the host that will run the commands; if empty, neither users nor programs are
 *     looked at
 */
public record ReadOptions(
    boolean strict,
    Optional<String> configId,
    Optional<String> hostName,
    Optional<String> userName,
    Optional<Duration> sinceBoot,
    Optional<ScriptHost> scriptHost) {

  /** Lenient, and knowing nothing about the host. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  private static final String LINUX_UPTIME = "/proc/uptime";
  private static final String LINUX_HOST_NAME = "/proc/sys/kernel/hostname";

  /** Refuses null parts. */
  public ReadOptions {
    Objects.requireNonNull(configId, "configId");
    Objects.requireNonNull(hostName, "hostName");
    Objects.requireNonNull(userName, "userName");
    Objects.requireNonNull(sinceBoot, "sinceBoot");
    Objects.requireNonNull(scriptHost, "scriptHost");
  }

  /**
   * Lenient, with the names of this host and of the user this process runs as, and the time since
   * the host booted; its users and files are looked at where a command needs it. The host name is
   * the kernel's, as for Keepalived; no name service is asked. It and the time stay empty where
   * there is no Linux kernel to ask.
   *
   * @return the options
   */
  public static ReadOptions forThisHost() {
    Optional<String> user =
        Optional.ofNullable(System.getProperty("user.name")).filter(n -> !n.isBlank());
    return new ReadOptions(
        false, Optional.empty(), kernelHostName(), user, uptime(), Optional.of(ScriptHost.local()));
  }

  /**
   * Lenient, for a host of the given name; nothing is looked up.
   *
   * @param hostName the name of the host the configuration is for
   * @return the options
   */
  public static ReadOptions forHost(String hostName) {
    return DEFAULT.withHostName(hostName);
  }

  /**
   * The same options with another strictness.
   *
   * @param newStrict whether warnings refuse the file
   * @return the copy
   */
  public ReadOptions withStrict(boolean newStrict) {
    return new ReadOptions(newStrict, configId, hostName, userName, sinceBoot, scriptHost);
  }

  /**
   * The same options with a config id.
   *
   * @param newConfigId the id that {@code @id} lines are compared with
   * @return the copy
   */
  public ReadOptions withConfigId(String newConfigId) {
    return new ReadOptions(
        strict, Optional.of(newConfigId), hostName, userName, sinceBoot, scriptHost);
  }

  /**
   * The same options with a host name.
   *
   * @param newHostName the name of the host the configuration is for
   * @return the copy
   */
  public ReadOptions withHostName(String newHostName) {
    return new ReadOptions(
        strict, configId, Optional.of(newHostName), userName, sinceBoot, scriptHost);
  }

  /**
   * The same options with the user that will run the commands.
   *
   * @param newUserName the user
   * @return the copy
   */
  public ReadOptions withUserName(String newUserName) {
    return new ReadOptions(
        strict, configId, hostName, Optional.of(newUserName), sinceBoot, scriptHost);
  }

  /**
   * The same options for a host that booted some time ago.
   *
   * @param newSinceBoot the time, not negative
   * @return the copy
   */
  public ReadOptions withSinceBoot(Duration newSinceBoot) {
    return new ReadOptions(
        strict, configId, hostName, userName, Optional.of(newSinceBoot), scriptHost);
  }

  /**
   * The same options for commands of a host whose users and files are looked at.
   *
   * @param newScriptHost the host
   * @return the copy
   */
  public ReadOptions withScriptHost(ScriptHost newScriptHost) {
    return new ReadOptions(
        strict, configId, hostName, userName, sinceBoot, Optional.of(newScriptHost));
  }

  /** The config id in force, or empty if nothing was said about the host. */
  Optional<String> effectiveConfigId() {
    return configId.or(() -> hostName.map(ReadOptions::firstLabel));
  }

  private static String firstLabel(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  /** The first number of the file, in seconds (proc(5)). */
  private static Optional<Duration> uptime() {
    try {
      String text = Files.readString(Path.of(LINUX_UPTIME));
      String seconds = text.substring(0, Math.max(text.indexOf(' '), 0));
      return Optional.of(Duration.ofMillis(new BigDecimal(seconds).movePointRight(3).longValue()));
    } catch (IOException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> kernelHostName() {
    try {
      return Optional.of(Files.readString(Path.of(LINUX_HOST_NAME)).strip())
          .filter(n -> !n.isEmpty());
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
