package io.havip.tencent.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What the API answered to an action that it carried out or accepted.
 *
 * @param requestId the id of the request; for an asynchronous action also the id of its task
 * @param body the object inside {@code Response}
 */
public record ApiAnswer(String requestId, JsonNode body) {}
