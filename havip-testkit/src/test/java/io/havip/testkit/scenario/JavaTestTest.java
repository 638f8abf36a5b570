package io.havip.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed to be pasted compiles, and does what it says. */
class JavaTestTest {

  private static final Scenario SCENARIO =
      Scenario.parse(
          """
          havip-scenario 1
          title   a back\\slash and a triple \""" quote
          length  20s
          network 10.0.0.0/24
          router  vrid 7 address 10.0.0.50/24
          member  a 10.0.0.1 priority 200
          member  b 10.0.0.2
          at 8s   crash a
          """);

  @TempDir Path folder;

  @Test
  void aTestOfPlainNodesCompilesAndPasses() throws Exception {
    Object test = compiled("ScenarioTest", JavaTest.ofNodes(SCENARIO, "L1"));

    assertThatCode(() -> call(test, "keepsL1")).doesNotThrowAnyException();
  }

  @Test
  void itFailsIfThePropertyIsViolated() throws Exception {
    String broken =
        JavaTest.ofNodes(SCENARIO, "L1")
            .replace(
                "ScenarioRunner.nodes()",
                "ScenarioRunner.nodes()"
                    + ".withDefect(r -> r.toBuilder().downMultiplier(6).build())");
    Object test = compiled("ScenarioTest", broken);

    assertThatThrownBy(() -> call(test, "keepsL1"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("L1");
  }

  @Test
  void aTestOfAServiceCompilesAndRunsIt() throws Exception {
    Object test = compiled("PastedTest", pasted(JavaTest.ofService(SCENARIO, "N1")));
    Failover<MemberSetup> sound = Failover.of(setup -> setup);
    Failover<MemberSetup> broken =
        sound
            .never("a is gone", running -> running.stream().noneMatch(m -> m.name().equals("a")))
            .reporting("PastedTest", "", folder);

    assertThatCode(() -> call(test, "keepsN1", sound)).doesNotThrowAnyException();
    assertThatThrownBy(() -> call(test, "keepsN1", broken)).isInstanceOf(FailoverFailure.class);
  }

  @Test
  void theScenarioInItIsTheSame() {
    assertThat(JavaTest.ofService(SCENARIO, "N1"))
        .contains("title    a back\\\\slash and a triple \\\"\"\" quote");
  }

  private static String pasted(String method) {
    return "import io.havip.testkit.scenario.Failover;\n"
        + "import org.junit.jupiter.api.Test;\n"
        + "class PastedTest {\n"
        + method
        + "}\n";
  }

  private Object compiled(String name, String source) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter errors = new StringWriter();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    boolean good =
        compiler
            .getTask(
                errors,
                null,
                null,
                List.of(
                    "-d",
                    folder.toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "-proc:none"),
                null,
                List.of(file))
            .call();
    assertThat(good).as(errors + "\n" + source).isTrue();
    URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    var constructor = loader.loadClass(name).getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static void call(Object test, String name, Object... arguments) throws Throwable {
    for (Method method : test.getClass().getDeclaredMethods()) {
      if (method.getName().equals(name)) {
        assertThat(method.isAnnotationPresent(Test.class)).isTrue();
        method.setAccessible(true);
        try {
          method.invoke(test, arguments);
        } catch (InvocationTargetException e) {
          throw e.getCause();
        }
        return;
      }
    }
    throw new AssertionError("there is no method " + name);
  }
}
