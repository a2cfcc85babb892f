// Package webhook posts the nodes that come to match a saved search to the address that
// the search names.
//
// A delivery is a POST of JSON, signed as Standard Webhooks has it
// (https://www.standardwebhooks.com): webhook-id is the same each time a delivery is tried,
// webhook-timestamp is the moment in seconds, and webhook-signature is "v1," and the
// base64 of the HMAC-SHA256 of "id.timestamp.body" under the server's secret. Any answer
// of 2xx takes the delivery; anything else has it tried again, after 10 seconds, then
// twice as long each time up to an hour, and no more after some nine hours.
//
// The place in the change log up to which a search has been delivered is kept in the
// store, so a delivery survives a restart. Of several server processes one delivers: it
// moves the search's next attempt ahead, on condition that nobody else changed the
// search, and that is its lease.
package webhook
