package io.havip.spi;

/**
 * What a node asks of the platform it opens.
 *
 * @param nodeName names the node in thread names and messages
 * @param fences which fences it wants
 */
public record PlatformOptions(String nodeName, FenceOptions fences) {}
