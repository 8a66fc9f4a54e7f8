// express-pouchdb on a folder. Words: host, port, folder.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const express = require("express");
const PouchDB = require("pouchdb");
const [host, port, folder] = process.argv.slice(2);
const app = express();
const kept = PouchDB.defaults({ prefix: `${folder}/` });
app.use("/", require("express-pouchdb")(kept, { mode: "minimumForPouchDB", logPath: `${folder}/log.txt` }));
app.listen(Number(port), host);
