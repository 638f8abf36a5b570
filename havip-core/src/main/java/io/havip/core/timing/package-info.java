/**
 * How late a process runs, and which advert interval that allows. Pure: the times are arguments.
 */
package io.havip.core.timing;
