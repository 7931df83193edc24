// The words of made-up sentences and posts, the frequent ones first.

export const WORDS =
  `the of and to a in that is was it for on with as by at from they be this have which one had not
  but what all were when we there can an your said if do will each about how up out them then she
  many some so these would other into has more her two like him see time could no make than first
  been its who now people my made over did down only way find use may water long little very after
  words called just where most know river stream table wind rain storm light night day year sea ship
  whale captain harbour island bridge town house door window road horse stone gold letter paper book`.split(
    /\s+/,
  );

export const HASHTAGS =
  `#streaming #bigdata #kafka #spark #flink #storm #flume #hadoop #worldcup #breaking #music #travel
  #food #weather #friday #news #coffee #rain #football #art #photo #zagreb #science #books`.split(
    /\s+/,
  );
