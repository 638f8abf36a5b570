package io.havip.core.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.havip.ValueFile.Initial;
import io.havip.core.tracking.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real files that hold a number, or something else. */
@Timeout(20)
class ValueFilesTest {

  @TempDir private Path folder;

  private String written(Path path, Initial initial) throws IOException {
    assertThat(ValueFiles.write(path, initial)).isEmpty();
    return Files.readString(path);
  }

  @Test
  void the_start_of_a_long_file_is_read() throws IOException {
    Path path = Files.writeString(folder.resolve("value"), "42 " + "x".repeat(100_000));
    FileContent.Text content = (FileContent.Text) ValueFiles.read(path);
    assertThat(content.number()).hasValue(42);
    assertThat(content.text()).hasSizeLessThan(200);
  }

  @Test
  void a_missing_file_says_so() {
    assertThat(ValueFiles.read(folder.resolve("none")))
        .isEqualTo(new FileContent.Unreadable("there is no such file"));
  }

  @Test
  void a_special_file_is_never_opened() throws Exception {
    Path fifo = folder.resolve("fifo");
    Process made = new ProcessBuilder("mkfifo", fifo.toString()).start();
    assertThat(made.waitFor(10, TimeUnit.SECONDS)).isTrue();
    for (Path special : new Path[] {fifo, folder, Path.of("/dev/zero")}) {
      assertThat(ValueFiles.read(special)).isEqualTo(new FileContent.Unreadable("no regular file"));
      assertThat(ValueFiles.write(special, new Initial(1, true))).hasValue("it is no regular file");
    }
  }

  @Test
  void a_missing_file_is_made() throws IOException {
    assertThat(written(folder.resolve("a"), new Initial(-7, false))).isEqualTo("-7\n");
    assertThat(written(folder.resolve("b"), new Initial(7, true))).isEqualTo("7\n");
  }

  @Test
  void a_file_that_exists_is_overwritten_only_if_that_is_wanted() throws IOException {
    Path path = Files.writeString(folder.resolve("value"), "123456");
    assertThat(written(path, new Initial(7, false))).isEqualTo("123456");
    assertThat(written(path, new Initial(7, true))).isEqualTo("7\n");
  }

  @Test
  void what_cannot_be_written_is_told() {
    assertThat(ValueFiles.write(folder.resolve("none/value"), new Initial(7, false)))
        .get()
        .asString()
        .contains("none/value");
  }
}
