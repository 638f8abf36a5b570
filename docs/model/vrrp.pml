/*
 * The election of RFC 9568 section 6.4 among N members of one VRID, with time, for Spin.
 *
 * Time is counted in ticks. An advert is due every T ticks; a BACKUP believes in silence after
 * K * T + skew ticks; an advert is under way for at most D ticks. A tick passes only when nothing has
 * to happen at this moment: no timer has run out, and no advert is as old as it may become. All
 * orders of what may happen at one moment are explored.
 *
 * The properties are those of docs/properties.md:
 *   S3  more than one member is ACTIVE for at most T + 2 D ticks a contender after the last loss,
 *       failure or start;
 *   L6  nobody takes over from a member of its own or a higher priority that has been the only
 *       ACTIVE one for as long as a takeover needs;
 *   S9  a member has one running timer: adverts when ACTIVE, silence when BACKUP;
 *   L1  if anybody runs, nobody is ACTIVE for at most K * T + the longest skew + D ticks after
 *       the last loss, failure or start.
 *
 * Quick claims (decision 14) are not part of it: it models what the RFC says, and follows paths of
 * members without them.
 *
 * Check:        spin -a vrrp.pml && cc -O2 -DSAFETY -o pan pan.c && ./pan
 * A mutant:     spin -DNO_YIELD -a vrrp.pml ...     (or NO_REARM, DEAF; NO_TIE with EQUAL)
 * Follow a run: #define SCRIPT "run.pml" before it  (see ModelIT)
 */

#ifndef N
#define N 2
#endif
#ifndef T
#define T 3
#endif
#ifndef K
#define K 3
#endif
#ifndef D
#define D 1
#endif
#ifndef LOSSES
#define LOSSES 1
#endif
#ifndef FAILURES
#define FAILURES 1
#endif
#ifdef EQUAL
#define PRIORITY(i) 1
#define SKEW(i) 1
#endif
#ifndef PRIORITY
/* Member 0 is the best; ties are broken by the higher index, which is the higher address. */
#define PRIORITY(i) (N - (i))
#endif
#ifndef SKEW
#define SKEW(i) (1 + (i))
#endif

#define DOWN 0
#define BACKUP 1
#define ACTIVE 2

#define NONE 0
#define OFF (-1)
#define LONGEST_SKEW (SKEW(N - 1))
#define CONTEST_BOUND ((N - 1) * (T + 2 * D))
#define VACANT_BOUND (K * T + LONGEST_SKEW + D)

byte state[N];
short silence[N];               /* Active_Down_Timer, or OFF */
short advert[N];                /* Adver_Timer, or OFF */

/*
 * Age + 1 of the advert and the resignation under way from each member to each other. Adverts of one
 * member are alike, so a second one under way on the same way is one with the first.
 */
byte flying[N * N];
byte resigning[N * N];

byte losses = LOSSES;
byte failures = FAILURES;
short contested = 0;
short vacant = 0;
short settled = 0;              /* ticks with one and the same ACTIVE member, undisturbed */
byte best = N;                  /* that member, or N */

byte i, j;                      /* scratch, reset after use so that they are no part of a state */

#define WAY(from, to) ((from) * N + (to))

inline disturb() {
  contested = 0;
  vacant = 0;
  settled = 0
}

inline send(from) {
  j = 0;
  do
  :: j < N ->
     if
     :: j != from && state[j] != DOWN && flying[WAY(from, j)] == 0 -> flying[WAY(from, j)] = 1
     :: else -> skip
     fi;
     j++
  :: else -> break
  od;
  j = 0
}

inline resign(from) {
  j = 0;
  do
  :: j < N ->
     if
     :: j != from && state[j] != DOWN && resigning[WAY(from, j)] == 0 ->
        resigning[WAY(from, j)] = 1
     :: else -> skip
     fi;
     j++
  :: else -> break
  od;
  j = 0
}

inline listen(m) {
  state[m] = BACKUP;
  advert[m] = OFF;
  silence[m] = K * T + SKEW(m)
}

inline becomeActive(m) {
  state[m] = ACTIVE;
  silence[m] = OFF;
  advert[m] = T;
  send(m)
}

/* Section 6.4.2 and 6.4.3, Adver_Timer and Active_Down_Timer. */
inline fire(m) {
  if
  :: state[m] == BACKUP && silence[m] == 0 ->
     assert(settled < VACANT_BOUND || PRIORITY(m) > PRIORITY(best));           /* L6 */
     becomeActive(m)
  :: state[m] == ACTIVE && advert[m] == 0 ->
#ifdef NO_REARM
     advert[m] = OFF;
#else
     advert[m] = T;
#endif
     send(m)
  fi
}

inline hear(from, to) {
  if
  :: state[to] == BACKUP ->
     if
#ifdef DEAF
     :: PRIORITY(from) >= PRIORITY(to) -> skip
#else
     :: PRIORITY(from) >= PRIORITY(to) -> silence[to] = K * T + SKEW(to)
#endif
     :: else -> skip            /* discarded: the timer goes on and ends in preemption */
     fi
  :: state[to] == ACTIVE ->
     if
#ifndef NO_YIELD
     :: PRIORITY(from) > PRIORITY(to) -> send(to); listen(to)
#endif
#ifndef NO_TIE
     :: PRIORITY(from) == PRIORITY(to) && from > to -> send(to); listen(to)
#endif
     :: PRIORITY(from) < PRIORITY(to) -> send(to)
     :: PRIORITY(from) == PRIORITY(to) && from < to -> send(to)
     :: else -> skip
     fi
  :: else -> skip
  fi
}

inline hearResignation(from, to) {
  if
  :: state[to] == BACKUP ->
     if
     :: silence[to] > SKEW(to) -> silence[to] = SKEW(to)
     :: else -> skip
     fi
  :: state[to] == ACTIVE -> send(to); advert[to] = T
  :: else -> skip
  fi
}

inline quiet(m) {
  state[m] = DOWN;
  silence[m] = OFF;
  advert[m] = OFF;
  failures--;
  disturb()
}

inline start(m) {
  listen(m);
  disturb()
}

/* What this moment demands before time may pass. */
inline pressing(answer) {
  answer = 0;
  i = 0;
  do
  :: i < N ->
     if
     :: silence[i] == 0 || advert[i] == 0 -> answer = 1
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0;
  do
  :: i < N * N ->
     if
     :: flying[i] > D || resigning[i] > D -> answer = 1
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0
}

inline count(actives, up) {
  actives = 0;
  up = 0;
  i = 0;
  do
  :: i < N ->
     if
     :: state[i] == ACTIVE -> actives++; up++; last = i
     :: state[i] == BACKUP -> up++
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0
}

inline tick() {
  i = 0;
  do
  :: i < N ->
     if
     :: silence[i] > 0 -> silence[i]--
     :: else -> skip
     fi;
     if
     :: advert[i] > 0 -> advert[i]--
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0;
  do
  :: i < N * N ->
     if
     :: flying[i] > 0 -> flying[i]++
     :: else -> skip
     fi;
     if
     :: resigning[i] > 0 -> resigning[i]++
     :: else -> skip
     fi;
     i++
  :: else -> break
  od;
  i = 0;
  count(actives, up);
  if
  :: actives > 1 -> contested++
  :: else -> contested = 0
  fi;
  if
  :: actives == 0 && up > 0 -> vacant++
  :: else -> vacant = 0
  fi;
  if
  :: actives == 1 && last == best && settled < VACANT_BOUND -> settled++
  :: actives == 1 && last != best -> settled = 0; best = last
  :: actives != 1 -> settled = 0; best = N
  :: else -> skip
  fi;
  actives = 0;
  up = 0;
  last = 0
}

inline judge() {
  assert(contested <= CONTEST_BOUND);                                   /* S3 */
  assert(vacant <= VACANT_BOUND);                                       /* L1 */
  i = 0;
  do
  :: i < N ->
     assert(state[i] != ACTIVE || (advert[i] != OFF && silence[i] == OFF));   /* S9 */
     assert(state[i] != BACKUP || (advert[i] == OFF && silence[i] != OFF));   /* S9 */
     i++
  :: else -> break
  od;
  i = 0
}

active proctype world() {
  byte actives, up, last, demand, from, to;
  d_step {
    i = 0;
    do
    :: i < N -> silence[i] = OFF; advert[i] = OFF; i++
    :: else -> break
    od;
    i = 0;
    do
    :: i < N -> listen(i); i++
    :: else -> break
    od;
    i = 0
  };

#ifdef SCRIPT
  short ticks;
#include SCRIPT
#else
end:
  do
  :: atomic {
       select(to : 0 .. (N - 1));
       select(from : 0 .. (N - 1));
       if
       :: silence[to] == 0 || advert[to] == 0 -> fire(to)
       :: from != to && flying[WAY(from, to)] > 0 -> flying[WAY(from, to)] = 0; hear(from, to)
       :: from != to && resigning[WAY(from, to)] > 0 ->
          resigning[WAY(from, to)] = 0; hearResignation(from, to)
       :: from != to && flying[WAY(from, to)] > 0 && losses > 0 ->
          flying[WAY(from, to)] = 0; losses--; disturb()
       :: from != to && resigning[WAY(from, to)] > 0 && losses > 0 ->
          resigning[WAY(from, to)] = 0; losses--; disturb()
       :: state[to] != DOWN && failures > 0 -> quiet(to)
       :: state[to] == ACTIVE && failures > 0 -> quiet(to); resign(to)
       :: state[to] == DOWN -> start(to)
       :: pressing(demand);
          if
          :: demand == 0 -> tick()
          :: else -> skip
          fi;
          demand = 0
       fi;
       from = 0;
       to = 0;
       judge()
     }
  od
#endif
}
