package io.havip.vpc;

/** Whether an instance runs, as the cloud sees it: a guest that has crashed is still running. */
public enum InstanceState {
  /** The virtual machine is on. */
  RUNNING,
  /** The virtual machine is off; its interfaces stay attached. */
  STOPPED
}
