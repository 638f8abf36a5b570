package io.havip.tencent.credentials;

import io.havip.tencent.metadata.MetadataService;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Temporary credentials of the role bound to this instance, from the instance's metadata service.
 *
 * <p>They are kept and fetched anew when less than {@value #REFRESH_BEFORE_SECONDS} seconds of
 * their life are left. If that fails, the old ones serve until they expire, and the service is
 * asked again after {@value #RETRY_AFTER_SECONDS} seconds at the earliest: an outage of the
 * metadata service shorter than the remaining life is not noticed. No thread of its own; the caller
 * whose turn it is fetches, at most two requests within the timeout each, and others wait for it.
 */
public final class InstanceRole implements CredentialsProvider {

  /** Remaining life below which new credentials are fetched; the vendor's tools use the same. */
  public static final int REFRESH_BEFORE_SECONDS = 300;

  /** Pause after a failed refresh while the old credentials are still good. */
  public static final int RETRY_AFTER_SECONDS = 5;

  private final RoleReader role;
  private final InstantSource clock;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Credentials known;
  private Instant nextTry = Instant.MIN;

  private InstanceRole(Builder builder) {
    role = new RoleReader(new MetadataService(builder.metadata, builder.timeout), builder.role);
    clock = builder.clock;
  }

  /** {@return a builder with the address of Tencent Cloud's metadata service} */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public Credentials current() throws CredentialsException {
    turn.lock();
    try {
      Instant now = clock.instant();
      Credentials have = known;
      if (have != null && (freshAt(have, now) || (aliveAt(have, now) && now.isBefore(nextTry)))) {
        return have;
      }
      return fetchOrKeep(have, now);
    } finally {
      turn.unlock();
    }
  }

  private Credentials fetchOrKeep(@Nullable Credentials have, Instant now)
      throws CredentialsException {
    try {
      Credentials fetched = role.read();
      if (!aliveAt(fetched, now)) {
        throw new CredentialsException(
            role.metadata()
                + " gave credentials that expired at "
                + fetched.expiresAt()
                + "; it is "
                + now
                + " on this host: correct its clock, or bind the role again",
            true);
      }
      known = fetched;
      return fetched;
    } catch (CredentialsException e) {
      if (have != null && aliveAt(have, now)) {
        nextTry = now.plusSeconds(RETRY_AFTER_SECONDS);
        return have;
      }
      throw e;
    }
  }

  private static boolean freshAt(Credentials credentials, Instant now) {
    return aliveAt(credentials, now.plusSeconds(REFRESH_BEFORE_SECONDS));
  }

  private static boolean aliveAt(Credentials credentials, Instant now) {
    Instant end = credentials.expiresAt();
    return end == null || now.isBefore(end);
  }

  @Override
  public String toString() {
    return "instance role "
        + Objects.requireNonNullElse(role.configuredRole(), "(the one bound)")
        + " from "
        + role.metadata();
  }

  /** Settings of the role provider. */
  public static final class Builder {

    private URI metadata = MetadataService.DEFAULT_ADDRESS;
    private Duration timeout = MetadataService.DEFAULT_TIMEOUT;
    private InstantSource clock = InstantSource.system();
    private @Nullable String role;

    private Builder() {}

    /**
     * The role's name. Without it the service is asked which role is bound.
     *
     * @param name the name
     * @return this
     */
    public Builder role(String name) {
      role = name;
      return this;
    }

    /**
     * Where the metadata service is.
     *
     * @param address scheme, host and port, without a path
     * @return this
     */
    public Builder metadata(URI address) {
      metadata = address;
      return this;
    }

    /**
     * How long one request may take, connecting included.
     *
     * @param limit positive; 2 seconds by default
     * @return this
     */
    public Builder timeout(Duration limit) {
      if (!limit.isPositive()) {
        throw new IllegalArgumentException("the timeout must be positive, not " + limit);
      }
      timeout = limit;
      return this;
    }

    /**
     * The clock by which expiry is judged.
     *
     * @param source the system's clock by default
     * @return this
     */
    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** {@return the provider} */
    public InstanceRole build() {
      return new InstanceRole(this);
    }
  }
}
