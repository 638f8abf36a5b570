package io.havip.core.node;

import io.havip.ValueFile;
import io.havip.core.tracking.FileContent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Reading and writing a value file, on a worker thread. */
final class ValueFiles {

  /** No number within 32 bits is longer, and whatever follows it does not count. */
  private static final int LONGEST = 127;

  private ValueFiles() {}

  /** What the file begins with. A special file is not opened, for that could last for ever. */
  static FileContent read(Path path) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return new FileContent.Unreadable("no regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(LONGEST);
      return new FileContent.Text(new String(start, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException e) {
      return new FileContent.Unreadable("there is no such file");
    } catch (IOException e) {
      return new FileContent.Unreadable(e.toString());
    }
  }

  /**
   * Gives the file its first value.
   *
   * @return why that was not possible, or nothing; a file that is there and to be kept is no
   *     failure
   */
  static Optional<String> write(Path path, ValueFile.Initial initial) {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      return Optional.of("it is no regular file");
    }
    OpenOption[] how =
        initial.overwrite()
            ? new OpenOption[] {
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING
            }
            : new OpenOption[] {StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE};
    try {
      Files.writeString(path, initial.value() + "\n", how);
      return Optional.empty();
    } catch (FileAlreadyExistsException e) {
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(e.toString());
    }
  }
}
