/**
 * {@code ./holdfast demo}: a cluster of three nodes on this machine, a service on it, the crash of
 * the node that runs the service, and the service on another node, with the time of each step.
 */
@NullMarked
package org.holdfast.cli.demo;

import org.jspecify.annotations.NullMarked;
