package io.havip.testkit.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes a scenario file. */
final class ScenarioWriter {

  private final StringBuilder text = new StringBuilder(1024);

  private ScenarioWriter() {}

  static String text(ScenarioFile file) {
    ScenarioWriter writer = new ScenarioWriter();
    writer.line("havip-scenario", Integer.toString(ScenarioFile.VERSION));
    writer.scenario(file.scenario());
    if (!file.violates().isEmpty()) {
      writer.text.append('\n');
      writer.line("violates", String.join(" ", file.violates()));
    }
    file.trace().ifPresent(hash -> writer.line("trace", Long.toHexString(hash)));
    return writer.text.toString();
  }

  private void scenario(Scenario scenario) {
    line("title", scenario.title());
    line("seed", Long.toString(scenario.seed()));
    line("length", Lengths.text(scenario.length()));
    line("network", scenario.network() + " " + QualityText.text(scenario.quality()));
    Map<String, String> shared = shared(scenario.members());
    if (!shared.isEmpty()) {
      line("router", words(shared));
    }
    for (Member member : scenario.members()) {
      Map<String, String> own = SettingsText.of(member);
      own.keySet().removeAll(shared.keySet());
      line("member", member.name() + " " + member.address() + " " + words(own));
    }
    scenario.clients().forEach(each -> line("client", each.name() + " " + each.address()));
    if (!scenario.steps().isEmpty()) {
      text.append('\n');
    }
    scenario.steps().forEach(step -> text.append(step).append('\n'));
  }

  private void line(String key, String value) {
    text.append(key).append(" ".repeat(Math.max(1, 9 - key.length()))).append(value).append('\n');
  }

  /** What is equal for all members; each member's priority stands with it all the same. */
  private static Map<String, String> shared(List<Member> members) {
    Map<String, String> shared = new LinkedHashMap<>(SettingsText.of(members.getFirst()));
    shared.remove(SettingsText.PRIORITY);
    for (Member member : members) {
      shared.entrySet().retainAll(SettingsText.of(member).entrySet());
    }
    return shared;
  }

  private static String words(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(" "));
  }
}
