/**
 * Runnable examples: a member for the command line, a checker for its configuration, a
 * demonstration, and embedding.
 */
package io.havip.examples;
