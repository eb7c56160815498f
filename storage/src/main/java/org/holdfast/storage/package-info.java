/**
 * Files that survive a crash: the CIB with its digest and backups as Pacemaker keeps them, the ring
 * id as Corosync keeps it, and the lock that lets one daemon own them. Every write is on the disk
 * in full, or not at all, when its method returns.
 */
@NullMarked
package org.holdfast.storage;

import org.jspecify.annotations.NullMarked;
