package io.havip.tencent.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.tencent.fake.FakeMetadata;
import io.havip.tencent.fake.ManualClock;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceRoleTest {

  private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");
  private static final String SECRET = "s3cr3ts3cr3t";

  private final FakeMetadata metadata = new FakeMetadata();
  private final ManualClock clock = new ManualClock(START);
  private final InstanceRole role =
      InstanceRole.builder().metadata(metadata.uri()).clock(clock).build();

  @AfterEach
  void stop() {
    metadata.close();
  }

  @Test
  void the_bound_role_is_found_and_its_credentials_are_kept() throws CredentialsException {
    Credentials first = credentials("first", Duration.ofHours(2));
    metadata.role("havip", first);
    assertThat(role.current()).isEqualTo(first);
    assertThat(role.current()).isEqualTo(first);
    assertThat(metadata.requests()).isEqualTo(2);
  }

  @Test
  void a_configured_role_is_not_asked_for() throws CredentialsException {
    Credentials mine = credentials("mine", Duration.ofHours(2));
    metadata.role("other", credentials("other", Duration.ofHours(2)));
    metadata.role("mine", mine);
    InstanceRole configured =
        InstanceRole.builder().metadata(metadata.uri()).role("mine").clock(clock).build();
    assertThat(configured.current()).isEqualTo(mine);
    assertThat(metadata.requests()).isEqualTo(1);
  }

  @Test
  void credentials_are_refreshed_before_they_expire() throws CredentialsException {
    metadata.role("havip", credentials("first", Duration.ofHours(1)));
    role.current();
    Credentials second = credentials("second", Duration.ofHours(3));
    metadata.role("havip", second);
    clock.advance(Duration.ofMinutes(55).minusSeconds(1));
    assertThat(role.current().secretId()).isEqualTo("first");
    clock.advance(Duration.ofSeconds(1));
    assertThat(role.current()).isEqualTo(second);
  }

  @Test
  void old_credentials_serve_while_the_service_is_down() throws CredentialsException {
    metadata.role("havip", credentials("first", Duration.ofHours(1)));
    role.current();
    metadata.failWith(503);
    clock.advance(Duration.ofMinutes(56));
    assertThat(role.current().secretId()).isEqualTo("first");
    int asked = metadata.requests();
    assertThat(role.current().secretId()).isEqualTo("first");
    assertThat(metadata.requests()).as("not asked again at once").isEqualTo(asked);
    clock.advance(Duration.ofSeconds(InstanceRole.RETRY_AFTER_SECONDS));
    role.current();
    assertThat(metadata.requests()).isEqualTo(asked + 1);
  }

  @Test
  void expired_credentials_are_never_handed_out() throws CredentialsException {
    metadata.role("havip", credentials("first", Duration.ofHours(1)));
    role.current();
    metadata.failWith(503);
    clock.advance(Duration.ofHours(1));
    assertThatThrownBy(role::current)
        .isInstanceOfSatisfying(CredentialsException.class, e -> assertThat(e.passing()).isTrue())
        .hasMessageContaining("HTTP status 503")
        .hasMessageContaining(metadata.uri().toString());
    metadata.failWith(200);
    assertThatThrownBy(role::current)
        .as("the service still serves the expired ones")
        .hasMessageContaining("expired at 2026-11-22T13:00:00Z");
  }

  @Test
  void an_instance_without_a_role_is_told_what_to_do() {
    assertThatThrownBy(role::current)
        .isInstanceOfSatisfying(CredentialsException.class, e -> assertThat(e.passing()).isFalse())
        .hasMessageContaining("bind the role to this instance");
  }

  @Test
  void elsewhere_than_on_an_instance_the_error_says_so() {
    InstanceRole elsewhere =
        InstanceRole.builder().metadata(URI.create("http://127.0.0.1:1")).build();
    assertThatThrownBy(elsewhere::current)
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("only on an instance of Tencent Cloud");
  }

  @Test
  void a_reply_that_cannot_be_read_is_not_repeated() {
    metadata.value("cam/security-credentials/", "havip");
    for (String reply :
        new String[] {
          "{\"TmpSecretKey\": " + SECRET + "}",
          "{\"Code\": \"Failed\", \"TmpSecretKey\": \"" + SECRET + "\"}",
          "{\"TmpSecretKey\": \"" + SECRET + "\"}",
          SECRET
        }) {
      metadata.value("cam/security-credentials/havip", reply);
      assertThatThrownBy(role::current)
          .isInstanceOfSatisfying(
              CredentialsException.class,
              e -> {
                StringWriter trace = new StringWriter();
                e.printStackTrace(new PrintWriter(trace));
                assertThat(trace.toString()).doesNotContain(SECRET).contains("role");
              });
    }
  }

  private static Credentials credentials(String id, Duration life) {
    return new Credentials(id, SECRET, "token", START.plus(life));
  }
}
