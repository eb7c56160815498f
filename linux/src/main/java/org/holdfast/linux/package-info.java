/**
 * What the Java runtime lacks of Linux, by the foreign-function interface: child processes in a
 * process group of their own, a user's groups, the service manager's notification socket,
 * scheduling of a thread. The only module that calls native code.
 */
@NullMarked
package org.holdfast.linux;

import org.jspecify.annotations.NullMarked;
