package io.havip.spi.cloud;

import java.util.Map;

/**
 * What a binding is opened with.
 *
 * @param nodeName names the node in messages and in the cloud's audit log
 * @param settings by name; each provider documents its own. Credentials are no settings: a setting
 *     may only say where they come from.
 */
public record CloudOptions(String nodeName, Map<String, String> settings) {

  /** Copies the settings. */
  public CloudOptions {
    settings = Map.copyOf(settings);
  }
}
