/**
 * The services behind its listeners that a Postfix needs, as lines of `master.cf` (master(5)); its
 * queue is looked through every so many seconds.
 */
export const postfixServices = ({ wakesS }: { readonly wakesS: number }): string => `\
smtp unix - - n - - smtp
relay unix - - n - - smtp
retry unix - - n - - error
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n ${wakesS} 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
error unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd`;
