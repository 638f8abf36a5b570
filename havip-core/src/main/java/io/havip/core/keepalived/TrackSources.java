package io.havip.core.keepalived;

/**
 * What the file defines for instances and groups to track.
 *
 * @param scripts the checks by command
 * @param files the files with a number
 * @param processes the checks for processes
 */
record TrackSources(Scripts scripts, TrackFiles files, TrackProcesses processes) {}
