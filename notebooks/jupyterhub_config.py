"""JupyterHub for a course: each student has a copy of the notebooks, all share one checkout and its data.

    sudo .venv/bin/jupyterhub --config notebooks/jupyterhub_config.py

COURSE.md says what must be there before. Students are users of the machine, as JupyterHub has it by default.
"""

import os
import pwd
import subprocess
import sys
from glob import glob

notebooks = os.path.dirname(os.path.abspath(__file__))
checkout = os.path.dirname(notebooks)
cache = os.environ.get("BOTLAB_CACHE", os.path.join(checkout, "students", "cache"))


def folder_of(name):
    """Within the checkout, since a kernel looks for the libraries above its notebook."""
    return os.path.join(checkout, "students", name)


def hand_out(spawner):
    """Copies, as the student, what a student does not have yet; what they changed stays theirs."""
    person = pwd.getpwnam(spawner.user.name)
    folder = folder_of(spawner.user.name)
    if not os.path.isdir(folder):
        os.makedirs(folder)
        os.chown(folder, person.pw_uid, person.pw_gid)
    names = ["*.ipynb", "start.*", "check.*", "checks"]
    files = sorted(file for name in names for file in glob(f"{notebooks}/{name}"))
    subprocess.run(
        ["cp", "--recursive", "--no-clobber", *files, folder],
        user=person.pw_uid,
        group=person.pw_gid,
        extra_groups=[],
        check=True,
    )


hub = os.path.join(checkout, "students", ".hub")  # its accounts: nobody else's to read
os.makedirs(hub, mode=0o700, exist_ok=True)
os.makedirs(cache, exist_ok=True)
os.chmod(cache, 0o1777)  # whoever is first simulates for all; nobody removes what another made

c = get_config()  # noqa: F821
c.JupyterHub.cookie_secret_file = os.path.join(hub, "cookie_secret")
c.JupyterHub.db_url = f"sqlite:///{hub}/jupyterhub.sqlite"
c.Spawner.pre_spawn_hook = hand_out
c.Spawner.notebook_dir = folder_of("{username}")
c.Spawner.default_url = "/lab/tree/00-start-here.ipynb"
c.Spawner.cmd = [os.path.join(sys.prefix, "bin", "jupyterhub-singleuser")]
c.Spawner.args = ["--MultiKernelManager.default_kernel_name=tslab"]
c.Spawner.environment = {"BOTLAB_CACHE": cache}
