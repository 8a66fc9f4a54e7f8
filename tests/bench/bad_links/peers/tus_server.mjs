// A tus server on files. Words: host, port, folder.
import http from "node:http";
import { FileStore } from "@tus/file-store";
import { Server } from "@tus/server";

const [host, port, folder] = process.argv.slice(2);
const tus = new Server({ path: "/files", datastore: new FileStore({ directory: folder }) });
http.createServer((request, response) => tus.handle(request, response)).listen(Number(port), host);
