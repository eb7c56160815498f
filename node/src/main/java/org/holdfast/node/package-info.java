/**
 * {@code holdfastd}: reads the configuration, wires the cores to sockets, disk, agents and log, and
 * drives them on one thread. The only place where all parts meet.
 */
@NullMarked
package org.holdfast.node;

import org.jspecify.annotations.NullMarked;
