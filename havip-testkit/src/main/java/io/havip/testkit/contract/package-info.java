/**
 * Contract tests for those who write a part of the service provider interface: abstract JUnit
 * classes to extend. Each test is named after the rule it checks.
 */
package io.havip.testkit.contract;
