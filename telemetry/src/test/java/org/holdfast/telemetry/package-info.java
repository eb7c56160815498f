/** Tests of log lines and files. */
@NullMarked
package org.holdfast.telemetry;

import org.jspecify.annotations.NullMarked;
