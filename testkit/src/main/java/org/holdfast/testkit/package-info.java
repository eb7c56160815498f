/**
 * What tests of cores share: virtual time, and a network whose faults come from a seed. Nothing
 * here reads a clock or starts a thread.
 */
@NullMarked
package org.holdfast.testkit;

import org.jspecify.annotations.NullMarked;
