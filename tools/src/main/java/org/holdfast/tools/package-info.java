/**
 * Every command as a function of arguments, environment, files and cluster. The same class runs in
 * a process of its own, inside the daemon on behalf of a thin client, and in tests.
 */
@NullMarked
package org.holdfast.tools;

import org.jspecify.annotations.NullMarked;
