from __future__ import annotations

import json

import pytest

from supportpoint import __version__
from supportpoint.cli import main
from supportpoint.cli.output import print_failure, print_json, user_language
from supportpoint.cli.program import make_parser
from supportpoint.errors import SupportPointError

COMMANDS = {
    "kiosk": "--data d --fake-devices --window 1366x768",
    "enroll": "--data d --server https://s --code ABCD --ca ca.pem",
    "submit": "--data d --form f --answers a.json --attach a.jpg=b.jpg --attach c.jpg=d.jpg",
    "sync": "--data d --until-empty",
    "status": "--data d --json",
    "courier export": "--data d stick --max-megabytes 100 --patience 60",
    "courier import": "--data d stick --quota-megabytes 100",
    "courier verify": "stick",
    "forms check": "book.xlsx",
    "forms publish": "book.xlsx --key publisher.key --out out",
    "forms preview": "book.xlsx --shots shots --window 1920x1080 --language en",
    "forms workbook": "folder book.xlsx",
    "forms install": "--data d new.spform",
    "articles check": "articles",
    "articles publish": "articles --key publisher.key --out out",
    "articles install": "--data d new.sparticle",
    "paper": "answers.xml --form birth.spform --out birth.pdf --office Xã",
    "server init": "--data d",
    "server run": "--data d --host 0.0.0.0 --port 9000 --no-tls --no-opener",
    "server opener": "--data d",
    "server code": "--data d --commune 03316",
    "server publish": "--data d new.spform",
    "server staff": "--data d --name n --unit 03316",
    "server revoke": "--data d device",
    "server courier": "--data d stick",
    "server keys": "--data d",
    "server status": "--data d",
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_takes_its_words(command):
    assert callable(make_parser().parse_args(f"{command} {COMMANDS[command]}".split()).run)


def test_the_words_are_read_into_values():
    options = make_parser().parse_args(f"submit {COMMANDS['submit']}".split())
    assert [(name, path.name) for name, path in options.attach] == [("a.jpg", "b.jpg"), ("c.jpg", "d.jpg")]
    assert make_parser().parse_args(["kiosk", "--window", "1920x1080"]).window == (1920, 1080)


@pytest.mark.parametrize("line", ["kiosk --window big", "submit --form f", "sync --attach x", "fly", "forms"])
def test_wrong_words_end_with_status_2(line, capsys):
    with pytest.raises(SystemExit) as exit_:
        main(line.split())
    assert exit_.value.code == 2
    assert capsys.readouterr().out == ""


def test_the_version_is_said(capsys):
    with pytest.raises(SystemExit) as exit_:
        main(["--version"])
    assert exit_.value.code == 0
    assert __version__ in capsys.readouterr().out


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "vi"),
        ({"LANG": "C.UTF-8"}, "vi"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "fr_FR.UTF-8"}, "vi"),
    ],
)
def test_the_language_is_the_users(environment, language):
    assert user_language(environment) == language


def test_a_failure_is_one_line(capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert print_failure(SupportPointError("SP-104", file="two\nlines")) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("SP-104 The chosen file cannot be read.")
    assert captured.err.endswith("[file=two lines]\n")
    assert captured.err.count("\n") == 1


def test_a_result_is_one_json_line(capsys):
    print_json({"state": "queued", "name": "Điện Biên"})
    out = capsys.readouterr().out
    assert out.endswith("}\n")
    assert json.loads(out) == {"state": "queued", "name": "Điện Biên"}


def test_a_command_without_a_support_point_says_so(tmp_path, capsys):
    assert main(["status", "--data", str(tmp_path / "none")]) == 2
    assert capsys.readouterr().err.startswith("SP-102 ")
