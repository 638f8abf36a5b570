/**
 * Reads {@code keepalived.conf} into a {@link io.havip.HavipConfig} and says about everything it
 * could not take over.
 *
 * <p>{@link io.havip.core.keepalived.KeepalivedReader} is the way in. The text is read as
 * Keepalived 2.2.7 reads it: comments, quotes, one-line blocks, includes, {@code @id} lines,
 * parameters, {@code ~SEQ} and {@code ~LST}. Every keyword known has a row in one table that says
 * whether it works, has no meaning here, or is missing; {@code docs/keepalived-compatibility.md} is
 * rendered from it, together with the differences from Keepalived that are on purpose.
 *
 * <p>Files are the only thing outside that is touched. Interfaces, users and scripts named in a
 * file are not looked up.
 */
package io.havip.core.keepalived;
