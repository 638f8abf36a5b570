package io.havip.core.node;

import io.havip.NotifyFifo;
import io.havip.RunAs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A named pipe to which lines are written. For one worker at a time. */
final class FifoWriter {

  private static final int TYPE_OF_FILE = 0170000;
  private static final int PIPE = 0010000;

  private final Path path;
  private final Optional<RunAs> owner;
  private @Nullable FileChannel channel;
  private @Nullable Object opened;

  FifoWriter(NotifyFifo fifo) {
    path = fifo.path().toAbsolutePath();
    owner = fifo.owner();
  }

  /**
   * Makes the pipe if it is missing, and opens it. Waits for nobody.
   *
   * @throws IOException if there is something else, or nothing can be made there
   */
  void open() throws IOException, InterruptedException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      make();
    }
    Object found = key();
    FileChannel open = channel;
    if (open != null && open.isOpen() && found.equals(opened)) {
      return;
    }
    close();
    // For reading as well: then the kernel neither waits for a reader nor drops what none read.
    channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    opened = found;
  }

  /** Writes a line. Waits while the pipe is full, until interrupted. */
  void write(String line) throws IOException, InterruptedException {
    open();
    FileChannel open = Objects.requireNonNull(channel);
    ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      open.write(bytes);
    }
  }

  void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  private void make() throws IOException, InterruptedException {
    CheckRunner.Result made = CommandRun.run(List.of("mkfifo", "-m", "600", path.toString()));
    if (!made.success() && !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("mkfifo could not make it: " + made.detail());
    }
    if (made.success() && owner.isPresent()) {
      giveTo(owner.get());
    }
  }

  private void giveTo(RunAs to) throws IOException {
    PosixFileAttributeView file =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    UserPrincipalLookupService names = path.getFileSystem().getUserPrincipalLookupService();
    file.setOwner(names.lookupPrincipalByName(to.user()));
    if (to.group().isPresent()) {
      file.setGroup(names.lookupPrincipalByGroupName(to.group().get()));
    }
  }

  /** What tells this pipe from another that takes its place. */
  private Object key() throws IOException {
    Map<String, Object> unix = Files.readAttributes(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if (!(unix.get("mode") instanceof Integer mode) || (mode & TYPE_OF_FILE) != PIPE) {
      throw new IOException("there is something else than a named pipe");
    }
    return Objects.requireNonNull(
        Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }
}
