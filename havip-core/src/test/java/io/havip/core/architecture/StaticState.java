package io.havip.core.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Static fields that could change after the class was initialised. */
final class StaticState {

  /** Prefixes of types whose objects change. */
  private static final List<String> CHANGING =
      List.of(
          "java.util.concurrent.",
          "java.lang.StringBu",
          "java.lang.Thread",
          "java.lang.Appendable",
          "java.nio.",
          "java.io.",
          "java.util.BitSet",
          "java.util.Calendar",
          "java.util.Date",
          "java.util.Iterator",
          "java.util.Random",
          "java.util.Scanner",
          "java.util.Timer",
          "java.text.");

  private StaticState() {}

  static ArchCondition<JavaClass> keepNoMutableStaticField() {
    return new ArchCondition<>("keep no mutable static field") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaField field : type.getFields()) {
          boolean written =
              field.getModifiers().contains(JavaModifier.STATIC)
                  && !field.getModifiers().contains(JavaModifier.SYNTHETIC);
          if (written) {
            complaint(field)
                .ifPresent(what ->
                    events.add(
                        SimpleConditionEvent.violated(type, field.getFullName() + " " + what)));
          }
        }
      }
    };
  }

  private static Optional<String> complaint(JavaField field) {
    JavaClass type = field.getRawType();
    if (!field.getModifiers().contains(JavaModifier.FINAL)) {
      return Optional.of("is not final");
    }
    if (type.isArray()) {
      return Optional.of("is an array");
    }
    if (CHANGING.stream().anyMatch(type.getName()::startsWith)) {
      return Optional.of("is of a type that changes");
    }
    if (type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class)) {
      return unmodifiable(field) ? Optional.empty() : Optional.of("can be modified");
    }
    boolean changes =
        type.getAllFields().stream()
            .filter(f -> f.getOwner().getName().startsWith("io.havip."))
            .map(JavaField::getModifiers)
            .anyMatch(m -> !m.contains(JavaModifier.STATIC) && !m.contains(JavaModifier.FINAL));
    return changes ? Optional.of("is of a type with fields that change") : Optional.empty();
  }

  /** The declared type does not tell, so the value has to. */
  private static boolean unmodifiable(JavaField field) {
    try {
      Field real = field.getOwner().reflect().getDeclaredField(field.getName());
      real.setAccessible(true);
      String kind = real.get(null).getClass().getName();
      return kind.startsWith("java.util.ImmutableCollections$")
          || kind.startsWith("java.util.Collections$Unmodifiable")
          || kind.startsWith("java.util.Collections$Empty")
          || kind.startsWith("java.util.Collections$Singleton");
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(field.getFullName(), e);
    }
  }
}
