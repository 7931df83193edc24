package recorder;

import static recorder.Case.object;
import static recorder.Case.properties;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Channel;
import org.apache.flume.ChannelSelector;
import org.apache.flume.channel.ChannelSelectorFactory;

/** `ReplicatingChannelSelector`, `MultiplexingChannelSelector`: which channels an event is for. */
final class Selectors {
  private Selectors() {}

  static void record(List<Case> cases) {
    String[] fourChannels = {"c1", "c2", "c3", "c4"};
    play(cases, "replicating-with-optional", "Optional channels are no longer required ones.",
        fourChannels, properties("type = replicating", "optional = c1 c4"), "", "state=CZ");
    String[] map = {
      "type = multiplexing", "header = state", "mapping.CZ = c1 c2", "mapping.US = c2 c3",
      "mapping.MX = c1 c2 c3", "optional.CZ = c2 c3", "optional.MX = c1 c3", "optional.DE = c1 c2",
      "default = c1 c3"
    };
    play(cases, "multiplexing-with-default",
        "A value without a mapping goes to the default channels, and optional ones never repeat a required one.",
        fourChannels, properties(map),
        "state=CZ", "state=US", "state=MX", "state=DE", "state=FR", "other=CZ", "");
    play(cases, "multiplexing-without-default",
        "Without a default an event whose value has no mapping is for no channel at all.",
        fourChannels,
        properties("type = multiplexing", "header = state", "mapping.CZ = c1", "optional.US = c2"),
        "state=CZ", "state=US", "state=FR", "");
    play(cases, "multiplexing-compares-exactly",
        "Values are compared with case and blanks, and a blank one counts as missing.",
        fourChannels,
        properties("type = multiplexing", "header = state", "mapping.CZ = c1", "default = c4"),
        "state=cz", "state= CZ", "state=CZ ", "state=  ", "State=CZ");
    play(cases, "multiplexing-own-header-by-default",
        "The header that decides is flume.selector.header unless another is named.",
        fourChannels,
        properties("type = multiplexing", "mapping.a = c2", "default = c1"),
        "flume.selector.header=a", "header=a");
    play(cases, "multiplexing-refuses-an-unknown-channel",
        "A mapping may name only channels of its source.", fourChannels,
        properties("type = multiplexing", "header = state", "mapping.CZ = c1 c9"));
    play(cases, "multiplexing-refuses-two-blanks",
        "Channel names of a mapping are cut at single blanks, so two in a row name an empty channel.",
        fourChannels,
        properties("type = multiplexing", "header = state", "mapping.CZ = c1  c2"));
  }

  /** @param headers of one event each, as `name=value` */
  private static void play(
      List<Case> cases, String name, String says, String[] names, Map<String, String> properties,
      String... headers) {
    Case recorded = new Case(name, Topic.SELECTORS, "channel-selector", says)
        .config(object("channels", names, "properties", properties));
    cases.add(recorded);
    List<Channel> channels = new ArrayList<>();
    for (String channel : names) channels.add(Events.roomy(channel));
    ChannelSelector selector;
    try {
      selector = ChannelSelectorFactory.create(channels, properties);
    } catch (RuntimeException thrown) {
      recorded.refused(thrown.getMessage());
      return;
    }
    for (String header : headers) {
      int sign = header.indexOf('=');
      Map<String, String> written =
          sign < 0 ? Map.of() : Map.of(header.substring(0, sign), header.substring(sign + 1));
      var event = Events.event("", written);
      recorded.step(object("headers", written),
          object("required", namesOf(selector.getRequiredChannels(event)),
              "optional", namesOf(selector.getOptionalChannels(event))));
    }
  }

  private static List<String> namesOf(List<Channel> channels) {
    return channels.stream().map(Channel::getName).toList();
  }
}
