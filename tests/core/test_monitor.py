"""What an operator's monitor is told: whether the process works, and figures, which are for the operator alone."""

import os

import pytest

from core import figures


@pytest.fixture
def told():
    figures.count("alphorn_test_total", "Things that happened.").value = 7
    figures.gauge("alphorn_test_seconds", "How long it took.", lambda: 0.25)
    yield
    del figures._figures["alphorn_test_total"], figures._figures["alphorn_test_seconds"]


def test_the_monitor_hears_ok_and_the_figures(client, db, told):
    said = client.get("/healthz").content.decode().splitlines()

    assert said[0] == "ok"
    assert {"alphorn_test_total 7", "alphorn_test_seconds 0.25"} <= set(said)
    assert [line for line in said if line.startswith("alphorn_data_free_bytes ") and int(line.split()[1]) > 0]


def test_prometheus_reads_what_it_needs_to_add_up_processes(client, db, told, settings):
    settings.METRICS_TOKEN = "swordfish"

    said = client.get("/metrics", headers={"Authorization": "Bearer swordfish"}).content.decode()

    assert "# HELP alphorn_test_total Things that happened.\n# TYPE alphorn_test_total counter\n" in said
    assert f'alphorn_test_seconds{{process="{os.getpid()}"}} 0.25\n' in said


@pytest.mark.parametrize(
    ("token", "sent"), [("swordfish", "Bearer sword"), ("swordfish", ""), ("", "Bearer "), ("", "")]
)
def test_without_the_token_there_is_no_such_page(client, db, settings, token, sent):
    settings.METRICS_TOKEN = token

    assert client.get("/metrics", headers={"Authorization": sent}).status_code == 404
