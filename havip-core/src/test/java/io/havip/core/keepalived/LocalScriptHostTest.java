package io.havip.core.keepalived;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What this host says about its users and programs. */
class LocalScriptHostTest {

  @TempDir private Path folder;
  private final ScriptHost host = ScriptHost.local();

  private Path program(String permissions) throws IOException {
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path program = Files.createFile(bin.resolve("check"));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(permissions));
    return program;
  }

  private static void asRoot() {
    assumeTrue("root".equals(System.getProperty("user.name")), "files of root need root");
  }

  @Test
  void names_are_known_and_numbers_are_not_names() {
    assertThat(host.hasUser("root")).isTrue();
    assertThat(host.hasGroup("root")).isTrue();
    assertThat(host.hasUser("no-such-user")).isFalse();
    assertThat(host.hasGroup("no-such-group")).isFalse();
    assertThat(host.hasUser("0")).isFalse();
  }

  @Test
  void a_program_of_root_is_nobody_elses() throws IOException {
    asRoot();

    assertThat(host.changeableByOthers(program("rwxr-xr-x").toString())).isEmpty();
  }

  @Test
  void a_program_that_others_may_write_is_not_roots_alone() throws IOException {
    asRoot();
    Path program = program("rwxr-xrwx");

    assertThat(host.changeableByOthers(program.toString())).contains(program.toString());
  }

  @Test
  void a_folder_that_others_may_write_counts_unless_it_is_sticky() throws IOException {
    asRoot();
    Path program = program("rwxr-xr-x");
    Path bin = program.getParent();
    Files.setAttribute(bin, "unix:mode", 0777);

    assertThat(host.changeableByOthers(program.toString())).contains(bin.toString());

    Files.setAttribute(bin, "unix:mode", 01777);

    assertThat(host.changeableByOthers(program.toString())).isEmpty();
  }

  @Test
  void the_end_of_a_link_counts_with_all_of_its_path() throws IOException {
    asRoot();
    Path program = program("rwxr-xr-x");
    Path link = Files.createSymbolicLink(folder.resolve("link"), program);
    Files.setAttribute(program.getParent(), "unix:mode", 0777);

    assertThat(host.changeableByOthers(link.toString())).contains(program.getParent().toString());
  }

  @Test
  void a_missing_program_is_nobodys_and_a_bare_name_is_looked_for() {
    assertThat(host.changeableByOthers("/nowhere/check")).isEmpty();
    assertThat(host.changeableByOthers("no-such-program")).isEmpty();
  }
}
