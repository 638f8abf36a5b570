package io.havip.tencent.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CredentialsTest {

  private static final String ID = "AKIDEXAMPLEEXAMPLE";
  private static final String KEY = "k3yk3yk3yk3y";
  private static final String TOKEN = "t0kent0kent0ken";

  private final Map<String, String> variables = new HashMap<>();
  private final CredentialsProvider environment = CredentialsProvider.environment(variables);

  @Test
  void text_never_holds_a_part_of_a_key() throws CredentialsException {
    variables.put("TENCENTCLOUD_SECRET_ID", ID);
    variables.put("TENCENTCLOUD_SECRET_KEY", KEY);
    variables.put("TENCENTCLOUD_TOKEN", TOKEN);
    Credentials temporary = new Credentials(ID, KEY, TOKEN, Instant.EPOCH);
    assertThat(
            temporary
                + " "
                + CredentialsProvider.fixed(temporary)
                + " "
                + environment
                + " "
                + environment.current())
        .contains("temporary, expires 1970-01-01T00:00:00Z")
        .doesNotContain(ID, KEY, TOKEN);
  }

  @Test
  void words_of_others_are_cleaned() {
    assertThat(
            new Credentials(ID, KEY, TOKEN, null)
                .redact("id " + ID + " key " + KEY + " t " + TOKEN))
        .isEqualTo("id (redacted) key (redacted) t (redacted)");
    assertThat(Credentials.permanent(ID, KEY).redact("id " + ID)).isEqualTo("id (redacted)");
  }

  @Test
  void a_key_with_white_space_is_refused_without_being_repeated() {
    assertThatThrownBy(() -> Credentials.permanent(ID, KEY + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("secret key")
        .hasMessageNotContaining(KEY);
    assertThatThrownBy(() -> Credentials.permanent("", KEY)).hasMessageContaining("secret id");
    assertThatThrownBy(() -> new Credentials(ID, KEY, "", null))
        .hasMessageContaining("session token");
  }

  @Test
  void the_environment_is_read_on_every_call() throws CredentialsException {
    variables.put("TENCENTCLOUD_SECRET_ID", ID);
    assertThatThrownBy(environment::current)
        .isInstanceOfSatisfying(CredentialsException.class, e -> assertThat(e.passing()).isFalse())
        .hasMessageContaining("TENCENTCLOUD_SECRET_KEY is not set")
        .hasMessageNotContaining(ID);
    variables.put("TENCENTCLOUD_SECRET_KEY", KEY);
    assertThat(environment.current()).isEqualTo(Credentials.permanent(ID, KEY));
    variables.put("TENCENTCLOUD_TOKEN", TOKEN);
    assertThat(environment.current().token()).isEqualTo(TOKEN);
  }

  @Test
  void a_broken_variable_is_named() {
    variables.put("TENCENTCLOUD_SECRET_ID", ID);
    variables.put("TENCENTCLOUD_SECRET_KEY", "two words");
    assertThatThrownBy(environment::current)
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining("TENCENTCLOUD_SECRET_KEY")
        .hasMessageNotContaining("two words");
  }
}
