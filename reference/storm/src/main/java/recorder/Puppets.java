package recorder;

import java.util.List;
import java.util.Map;
import org.apache.storm.spout.SpoutOutputCollector;
import org.apache.storm.task.OutputCollector;
import org.apache.storm.task.TopologyContext;
import org.apache.storm.topology.OutputFieldsDeclarer;
import org.apache.storm.topology.base.BaseRichBolt;
import org.apache.storm.topology.base.BaseRichSpout;
import org.apache.storm.tuple.Fields;
import org.apache.storm.tuple.Tuple;

/** Components that fill a topology's places and do nothing. */
final class Puppets {

    private Puppets() {
    }

    /** Declares these streams. */
    static final class Spout extends BaseRichSpout {

        private final Map<String, List<String>> streams;

        Spout(Map<String, List<String>> streams) {
            this.streams = streams;
        }

        @Override
        public void open(Map<String, Object> conf, TopologyContext context, SpoutOutputCollector collector) {
        }

        @Override
        public void nextTuple() {
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
            streams.forEach((stream, fields) -> declarer.declareStream(stream, new Fields(fields)));
        }
    }

    /** Takes what it is given. */
    static final class Bolt extends BaseRichBolt {

        @Override
        public void prepare(Map<String, Object> conf, TopologyContext context, OutputCollector collector) {
        }

        @Override
        public void execute(Tuple input) {
        }

        @Override
        public void declareOutputFields(OutputFieldsDeclarer declarer) {
        }
    }
}
