// PouchDB replicates answers and photos until all are there. Words: address, folder with the files.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const PouchDB = require("pouchdb");
const [address, folder] = process.argv.slice(2);
const local = new PouchDB(`${folder}/local`);
const files = readdirSync(folder);
const photos = files.filter((name) => name.startsWith("photo-"));
for (const name of files.filter((one) => one.startsWith("answer-"))) {
  const photo = photos.shift();
  const document = { _id: name, xml: readFileSync(`${folder}/${name}`, "utf8") };
  if (photo) {
    document._attachments = { photo: { content_type: "image/jpeg", data: readFileSync(`${folder}/${photo}`) } };
  }
  await local.put(document);
}
const wanted = (await local.info()).doc_count;
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));
await new Promise((resolve) => {
  const going = local.replicate.to(`${address}/cases`, { live: true, retry: true });
  going.on("paused", async () => {
    try {
      const there = await new PouchDB(`${address}/cases`).info();
      if (there.doc_count >= wanted) {
        going.cancel();
        resolve();
      }
    } catch (error) {
      process.stderr.write(`${error}\n`);
    }
  });
});
process.exit(0);
