/** An application with a Spring context: its beans start before the node and stop after it. */
package io.havip.examples.spring;
