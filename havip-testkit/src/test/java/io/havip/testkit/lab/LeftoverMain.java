package io.havip.testkit.lab;

import java.util.concurrent.locks.LockSupport;

/** Opens a lab with a running program and waits to be killed. */
final class LeftoverMain {

  private LeftoverMain() {}

  public static void main(String[] arguments) {
    Lab lab = Lab.open();
    LabHost a = lab.addHost("a", "172.17.16.7");
    LabProcess sleeper = a.start("sleep", "3600");
    System.out.println("ready " + lab.name() + " " + sleeper.pid() + " " + lab.folder());
    while (true) {
      LockSupport.park();
    }
  }
}
