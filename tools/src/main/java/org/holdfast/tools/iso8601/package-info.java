/**
 * The command iso8601: shows how dates, durations and periods are understood. Each is a function of
 * arguments, environment and files.
 */
@NullMarked
package org.holdfast.tools.iso8601;

import org.jspecify.annotations.NullMarked;
