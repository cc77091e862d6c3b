-- Marks names, perhaps none, and tells what was marked since.
--
-- KEYS  the marks, a sorted set of "e <name>" (gone) and "s <name>" (stale) by version; and what is known of the set
-- ARGV  the life of this server, the last version that the caller has heard here, the last that it knows from anywhere,
--       how many marks it takes, how many the set may have, "e" or "s", and the names
-- Gives the version before which nothing counts, that of the last mark made here, and marks in order, each with its
-- version.
--
-- A version is microseconds since 1970, or one more than the last. Numbers are doubles: all of these are below 2^53.

local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local text = function(number) return string.format('%.0f', number) end

local newest = redis.call('ZREVRANGE', KEYS[1], 0, 0, 'WITHSCORES')
local last = tonumber(newest[2] or '0')
local known = tonumber(ARGV[3])
-- The set is never empty. Of one that is, that is from before a restart, or that lacks what the caller has heard, nobody
-- can say what it has lost: so all that was begun until now is gone.
if last == 0 or known > last or redis.call('HGET', KEYS[2], 'life') ~= ARGV[1] then
  last = math.max(now, last + 1, known + 1)
  redis.call('DEL', KEYS[1])
  redis.call('ZADD', KEYS[1], text(last), '-')
  redis.call('HSET', KEYS[2], 'life', ARGV[1], 'floor', text(last))
end

local made = last
for i = 7, #ARGV do
  made = math.max(now, made + 1)
  redis.call('ZADD', KEYS[1], text(made), ARGV[6] .. ' ' .. ARGV[i])
end

local beyond = redis.call('ZCARD', KEYS[1]) - tonumber(ARGV[5])
if beyond > 0 then
  -- What is older than a mark that is forgotten counts as if it had it.
  local oldest = redis.call('ZRANGE', KEYS[1], beyond - 1, beyond - 1, 'WITHSCORES')
  redis.call('ZREMRANGEBYRANK', KEYS[1], 0, beyond - 1)
  redis.call('HSET', KEYS[2], 'floor', oldest[2])
end

local told = {redis.call('HGET', KEYS[2], 'floor'), text(made)}
local marks = redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. ARGV[2], '+inf', 'WITHSCORES', 'LIMIT', 0, ARGV[4])
for _, word in ipairs(marks) do
  told[#told + 1] = word
end
return told
