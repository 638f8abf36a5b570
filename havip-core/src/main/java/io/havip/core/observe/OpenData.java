package io.havip.core.observe;

import io.havip.Cause;
import io.havip.HavipEvent;
import io.havip.spi.Fence;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of the API into what any management console can show: records into composite data
 * with the names of their components, lists into arrays, durations into seconds, absent values into
 * null, everything else into numbers and text.
 */
final class OpenData {

  private static final double SECOND = 1e9;

  private OpenData() {}

  static OpenType<?> typeOf(Type type) throws OpenDataException {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == Optional.class) {
        return typeOf(inner);
      }
      if (generic.getRawType() == List.class) {
        return new ArrayType<>(1, typeOf(inner));
      }
      return SimpleType.STRING;
    }
    if (type == int.class) {
      return SimpleType.INTEGER;
    }
    if (type == long.class) {
      return SimpleType.LONG;
    }
    if (type == boolean.class) {
      return SimpleType.BOOLEAN;
    }
    if (type == Duration.class) {
      return SimpleType.DOUBLE;
    }
    return type instanceof Class<?> plain && opened(plain) ? composite(plain) : SimpleType.STRING;
  }

  /** A record whose components are told one by one: a moment and an address are plain text. */
  private static boolean opened(Class<?> type) {
    return type.isRecord()
        && type != HavipEvent.At.class
        && type.getPackageName().equals("io.havip");
  }

  static CompositeType composite(Class<?> type) throws OpenDataException {
    RecordComponent[] components = type.getRecordComponents();
    String[] names = new String[components.length];
    OpenType<?>[] types = new OpenType<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      names[i] = components[i].getName();
      types[i] = typeOf(components[i].getGenericType());
    }
    return new CompositeType(type.getSimpleName(), type.getSimpleName(), names, names, types);
  }

  static @Nullable Object of(Type type, @Nullable Object value) throws OpenDataException {
    return switch (value) {
      case null -> null;
      case Optional<?> optional -> of(argument(type), optional.orElse(null));
      case List<?> list -> array(argument(type), list);
      case Duration duration -> duration.toNanos() / SECOND;
      case Instant instant -> instant.toString();
      case HavipEvent.At at -> at.wall().toString();
      case Cause cause -> cause.describe();
      case Fence fence -> words(fence);
      case Number number -> number;
      case Boolean flag -> flag;
      default ->
          type instanceof Class<?> plain && opened(plain)
              ? composite(plain, value)
              : value.toString();
    };
  }

  private static String words(Fence fence) {
    return switch (fence) {
      case Fence.None() -> "none";
      case Fence.OnExit(Duration exit) -> "exit within " + millis(exit);
      case Fence.OnExitAndStall(Duration exit, Duration stall) ->
          "exit within " + millis(exit) + ", stall within " + millis(stall);
    };
  }

  private static String millis(Duration time) {
    return time.toMillis() + " ms";
  }

  private static Type argument(Type type) {
    return ((ParameterizedType) type).getActualTypeArguments()[0];
  }

  private static Object array(Type inner, List<?> list) throws OpenDataException {
    OpenType<?> type = typeOf(inner);
    try {
      Object array = Array.newInstance(Class.forName(type.getClassName()), list.size());
      for (int i = 0; i < list.size(); i++) {
        Array.set(array, i, of(inner, list.get(i)));
      }
      return array;
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object composite(Class<?> type, Object value) throws OpenDataException {
    RecordComponent[] components = type.getRecordComponents();
    String[] names = new String[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      names[i] = components[i].getName();
      values[i] = of(components[i].getGenericType(), read(components[i], value));
    }
    return new CompositeDataSupport(composite(type), names, values);
  }

  private static @Nullable Object read(RecordComponent component, Object of) {
    try {
      return component.getAccessor().invoke(of);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read " + component, e);
    }
  }
}
