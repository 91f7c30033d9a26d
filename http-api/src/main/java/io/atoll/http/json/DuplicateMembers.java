package io.atoll.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Finds members named twice in a value of any size, whatever their names look like. */
final class DuplicateMembers {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(JsonScanner.MAX_DEPTH)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private DuplicateMembers() {}

  /** Whether an object in this well-formed value has a member twice. */
  static boolean in(byte[] text, int from, int to) {
    try (JsonParser parser = FACTORY.createParser(text, from, to - from)) {
      while (parser.nextToken() != null) {
        // The parser itself looks for duplicates.
      }
      return false;
    } catch (StreamReadException duplicate) {
      return true;
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory failed", impossible);
    }
  }
}
