package io.havip.linux.internal.guardian;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.havip.spi.PlatformException;
import java.io.File;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchTest {

  @Test
  void theGuardianIsTheSameJavaWithThisLibraryAlone() {
    ProcessBuilder builder = Launch.find().process(new File("/dev/null"));
    assertThat(builder.command().getFirst()).startsWith(System.getProperty("java.home"));
    assertThat(builder.command()).endsWith(GuardianMain.class.getName());
    String classPath = builder.command().get(builder.command().indexOf("-cp") + 1);
    assertThat(classPath.split(File.pathSeparator)).hasSizeBetween(1, 2);
    assertThat(builder.environment()).doesNotContainKeys("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS");
  }

  @Test
  void aRuntimeWithoutTheJavaProgramIsNamed(@TempDir Path empty) {
    assertThatThrownBy(() -> Launch.find(empty))
        .isInstanceOf(PlatformException.class)
        .hasMessageContaining(empty.resolve("bin/java").toString());
  }
}
