package io.havip.tencent.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One action with its parameters.
 *
 * @param action the action's name
 * @param writes whether it changes anything; only then can a lost reply leave doubt
 * @param operation what a person would call it, with its object: {@code describe 10.0.0.3}
 * @param parameters the JSON body; filled by the caller and not changed afterwards
 */
public record ApiRequest(String action, boolean writes, String operation, ObjectNode parameters) {

  /**
   * An action that only reads.
   *
   * @param action the action's name
   * @param operation what it is for
   * @return the request without parameters
   */
  public static ApiRequest read(String action, String operation) {
    return new ApiRequest(action, false, operation, JsonNodeFactory.instance.objectNode());
  }

  /**
   * An action that changes something.
   *
   * @param action the action's name
   * @param operation what it is for
   * @return the request without parameters
   */
  public static ApiRequest write(String action, String operation) {
    return new ApiRequest(action, true, operation, JsonNodeFactory.instance.objectNode());
  }

  /**
   * Adds a parameter.
   *
   * @param name its name
   * @param value its value
   * @return this
   */
  public ApiRequest with(String name, String value) {
    parameters.put(name, value);
    return this;
  }

  /**
   * Adds a list of strings.
   *
   * @param name the list's name
   * @param values its values
   * @return this
   */
  public ApiRequest withList(String name, Iterable<String> values) {
    var array = parameters.putArray(name);
    values.forEach(array::add);
    return this;
  }

  /**
   * Adds a filter. The API joins filters by and.
   *
   * @param name the filter's name
   * @param value the value to match
   * @return this
   */
  public ApiRequest withFilter(String name, String value) {
    parameters
        .withArrayProperty("Filters")
        .addObject()
        .put("Name", name)
        .putArray("Values")
        .add(value);
    return this;
  }
}
