/** What a sink's `process()` throws (`org.apache.flume.EventDeliveryException`, Flume 1.11.0). */
export class EventDeliveryException extends Error {}
