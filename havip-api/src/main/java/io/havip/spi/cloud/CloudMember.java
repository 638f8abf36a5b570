package io.havip.spi.cloud;

/**
 * A member of a group in the cloud's words.
 *
 * @param instance the id of the instance, or the empty string if the cloud does not tell it
 * @param networkInterface the id of the network interface, or the empty string if the cloud does
 *     not tell it
 */
public record CloudMember(String instance, String networkInterface) {

  /** Checks that the member has a name. */
  public CloudMember {
    if (instance.isBlank() && networkInterface.isBlank()) {
      throw new IllegalArgumentException(
          "a member of a cloud needs the id of an instance or of a network interface");
    }
  }

  /** {@return the instance and the interface, as far as they are known} */
  @Override
  public String toString() {
    if (instance.isBlank()) {
      return networkInterface;
    }
    return networkInterface.isBlank() ? instance : instance + " (" + networkInterface + ")";
  }
}
