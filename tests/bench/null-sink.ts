import { openSink } from './sink.ts';

openSink((stream, _session, done) => {
  stream.resume();
  stream.on('end', () => done(null));
});
