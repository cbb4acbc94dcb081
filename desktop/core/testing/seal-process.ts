import { sealReplica } from '../engine/seal-replica.ts';

// A process that encrypts a replica and is killed meanwhile: `seal-process.ts FILE KEY`, begins when told to.
const [file = '', key = ''] = process.argv.slice(2);
process.on('message', () => {
  sealReplica(file, key);
  process.exit(0);
});
process.send?.('ready');
