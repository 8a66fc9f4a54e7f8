"""The commands about articles: check and publish (province), install (from a stick)."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supportpoint.cli.folders import add_data_option
from supportpoint.cli.output import print_json, user_language
from supportpoint.cli.packages import install_package, read_publisher_key, write_package_file
from supportpoint.clock import SystemClock
from supportpoint.errors import SupportPointError

if TYPE_CHECKING:
    from supportpoint.content.article_source import ArticleReport

FOLDER_HELP = "the folder of one article, or a folder that holds such folders"
FAULT = {"vi": "Lỗi", "en": "Fault"}


def register(commands: Any) -> None:
    """Add `articles` to the parser's commands."""
    inner = commands.add_parser("articles", help="short articles for villagers").add_subparsers(
        metavar="ACTION", required=True
    )
    check = inner.add_parser("check", help="list what is wrong with articles")
    check.add_argument("folder", type=Path, metavar="DIR", help=FOLDER_HELP)
    check.set_defaults(run=_run_check)
    publish = inner.add_parser("publish", help="make signed packages")
    publish.add_argument("folder", type=Path, metavar="DIR", help=FOLDER_HELP)
    publish.add_argument("--key", required=True, type=Path, metavar="FILE", help="publisher.key")
    publish.add_argument("--out", required=True, type=Path, metavar="OUT")
    publish.set_defaults(run=_run_publish)
    install = inner.add_parser("install", help="put an article on this machine")
    add_data_option(install)
    install.add_argument("file", type=Path, help="an .sparticle package")
    install.set_defaults(run=_run_install)


def _run_check(options: argparse.Namespace) -> int:
    reports = _inspect(options.folder)
    print_json({"articles": len(reports), "faults": 0})
    return 0


def _inspect(folder: Path) -> list[ArticleReport]:
    """Read articles and print every fault.

    Errors: SP-606 when there are faults; SP-104 when there is no article.
    """
    from supportpoint.content.article_source import (
        inspect_article,
        list_article_folders,
        list_drawings,
        list_topic_ids,
    )

    drawings, topics = list_drawings(), list_topic_ids()
    reports = [inspect_article(one, drawings, topics) for one in list_article_folders(folder)]
    language = user_language(os.environ)
    for report in reports:
        for fault in report.faults:
            where = f"{report.folder.name}:{fault.file}" + (f":{fault.sentence}" if fault.sentence else "")
            print(f"{FAULT[language]}: {where} {fault.code} {fault.words(language)}")
    faults = sum(len(report.faults) for report in reports)
    if faults:
        raise SupportPointError("SP-606", file=folder.name, faults=faults)
    return reports


def _run_publish(options: argparse.Namespace) -> int:
    from supportpoint.content.article import write_article
    from supportpoint.content.package import ARTICLE_SUFFIX

    key = read_publisher_key(options.key)
    reports = _inspect(options.folder)
    made_at = SystemClock().now().isoformat(timespec="seconds")
    paths = []
    for report in reports:
        if report.article is None:
            continue
        content = write_article(report.article, report.files, key, made_at)
        path = options.out / f"{report.article.id}-{report.article.version}{ARTICLE_SUFFIX}"
        write_package_file(path, content)
        paths.append(str(path))
    print_json({"articles": len(paths), "packages": paths})
    return 0


def _run_install(options: argparse.Namespace) -> int:
    manifest = install_package(options.data, options.file)
    print_json({"kind": manifest.kind, "id": manifest.id, "version": manifest.version})
    return 0
