package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What was read is handed on as it stood in the file, without its secrets. */
class DirectiveTest {

  @Test
  void statements_keep_their_order_words_and_places() {
    List<Directive> read =
        Conf.read("! comment\n$PRIO=90\nvrrp_instance A {\n  priority $PRIO # why\n}\n")
            .directives();

    assertThat(read)
        .containsExactly(
            new Directive(
                "vrrp_instance",
                List.of("A"),
                List.of(new Directive("priority", List.of("90"), List.of(), Conf.FILE, 4, 3)),
                Conf.FILE,
                3,
                1));
  }

  @Test
  void they_are_there_although_the_file_cannot_be_used() {
    ReadResult result = Conf.read("vrrp_instance A {\n nopreempt\n}\n");

    assertThat(result.config()).isEmpty();
    assertThat(result.directives().getFirst().all("nopreempt")).hasSize(1);
  }

  @Test
  void no_password_is_in_them_however_it_is_written() {
    String secret = "s3cret";
    List<String> ways =
        List.of(
            "authentication {\n auth_type PASS\n auth_pass " + secret + "\n}",
            "authentication { auth_pass " + secret + " }",
            "authentication {\n auth_pas " + secret + "\n}",
            "authentication {\n auth_pass \"" + secret + "\"\n}",
            "auth_pass " + secret);
    for (String way : ways) {
      assertThat(Conf.body(way).directives().toString()).as(way).doesNotContain(secret);
    }
  }
}
