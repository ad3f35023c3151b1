#!/usr/bin/python3
"""A disk that forgets what was not synced: a FUSE file system for tests of power cuts. Killing it with SIGKILL is the cut.

usage: forgetful.py STORE MOUNTPOINT

STORE/data has the content of each file by its number as of its last fsync, STORE/journal the entries of each folder as of
its last fsync. What was written since is in STORE/new, and is gone at the next start. As in ext4 the first fsync of a new
file keeps the name that it was made with; every other change of a folder's entries (rename, remove, a new folder) is kept
by an fsync of the folder alone. A STORE/seed is imported at the first start, as if all of it had been synced.
"""

import errno
import json
import os
import shutil
import stat
import sys
import time

import pyfuse3
import trio

FOREVER = 3600


class Node:
    """A file, folder or link. Of a folder `entries` is what is seen, `kept` what is on the disk."""

    def __init__(self, number, mode, uid, gid):
        self.number, self.mode, self.uid, self.gid = number, mode, uid, gid
        self.time = time.time_ns()
        self.entries, self.kept = {}, {}
        self.target = b""
        self.dirty, self.is_new, self.size = [], False, 0
        # Where it was made, until an fsync has kept that.
        self.birth = None

    def attributes(self):
        return [self.mode, self.uid, self.gid, self.target.decode()]


class Disk:
    """The nodes, and what is kept of them."""

    def __init__(self, store):
        self.data, self.new = os.path.join(store, "data"), os.path.join(store, "new")
        shutil.rmtree(self.new, ignore_errors=True)
        os.makedirs(self.new)
        os.makedirs(self.data, exist_ok=True)
        self.nodes = {1: Node(1, stat.S_IFDIR | 0o755, 0, 0)}
        self.last = 1
        path = os.path.join(store, "journal")
        if os.path.exists(path):
            self.load(path)
        self.journal = open(path + ".next", "w", encoding="utf-8")
        seed = os.path.join(store, "seed")
        if os.path.exists(seed):
            self.sow(seed, self.nodes[1])
            shutil.rmtree(seed)
        self.compact()
        self.journal.flush()
        os.replace(path + ".next", path)

    def load(self, path):
        attributes, entries = {}, {}
        with open(path, encoding="utf-8") as file:
            for line in file:
                try:
                    kind, number, value = json.loads(line)
                except ValueError:
                    break  # The end of a killed process.
                (attributes if kind == "node" else entries)[number] = value
        wanted = [1]
        while wanted:
            number = wanted.pop()
            mode, uid, gid, target = attributes[number]
            node = self.nodes[number] = Node(number, mode, uid, gid)
            node.target = target.encode()
            if stat.S_ISDIR(mode):
                node.kept = {name: child for name, child in entries.get(number, {}).items() if child in attributes}
                node.entries = dict(node.kept)
                wanted += node.kept.values()
            elif stat.S_ISREG(mode):
                file = os.path.join(self.data, str(number))
                if not os.path.exists(file):
                    open(file, "wb").close()
                node.size = os.path.getsize(file)
        self.last = max([*attributes, 1])
        for name in os.listdir(self.data):
            if int(name) not in self.nodes:
                os.unlink(os.path.join(self.data, name))

    def sow(self, path, folder):
        status = os.lstat(path)
        folder.mode, folder.uid, folder.gid = status.st_mode, status.st_uid, status.st_gid
        for entry in os.scandir(path):
            status = entry.stat(follow_symlinks=False)
            node = self.make(status.st_mode, status.st_uid, status.st_gid)
            folder.entries[entry.name] = folder.kept[entry.name] = node.number
            if entry.is_symlink():
                node.target = os.readlink(entry.path).encode()
            elif entry.is_dir():
                self.sow(entry.path, node)
            else:
                os.rename(entry.path, os.path.join(self.data, str(node.number)))
                node.size = status.st_size

    def compact(self):
        for node in self.nodes.values():
            self.note("node", node.number, node.attributes())
            if stat.S_ISDIR(node.mode):
                self.note("folder", node.number, node.kept)

    def note(self, kind, number, value):
        self.journal.write(json.dumps([kind, number, value]) + "\n")

    def make(self, mode, uid, gid):
        self.last += 1
        node = self.nodes[self.last] = Node(self.last, mode, uid, gid)
        return node

    def path(self, node):
        return os.path.join(self.new if node.is_new else self.data, str(node.number))

    def renew(self, node):
        """The first change since the last start: from here on the file is in STORE/new, too."""
        if not node.is_new:
            old = os.path.join(self.data, str(node.number))
            new = os.path.join(self.new, str(node.number))
            if os.path.exists(old):
                shutil.copyfile(old, new)
            else:
                open(new, "wb").close()
            node.is_new = True
        return os.path.join(self.new, str(node.number))

    def sync_file(self, node):
        if node.is_new:
            with open(os.path.join(self.new, str(node.number)), "rb") as source:
                target = os.open(os.path.join(self.data, str(node.number)), os.O_RDWR | os.O_CREAT, 0o600)
                for offset, length in node.dirty:
                    source.seek(offset)
                    os.pwrite(target, source.read(length), offset)
                os.ftruncate(target, node.size)
                os.close(target)
            node.dirty = []
        self.note("node", node.number, node.attributes())
        if node.birth is not None:
            folder, name = node.birth
            node.birth = None
            if folder.entries.get(name) == node.number:
                folder.kept[name] = node.number
                self.note("folder", folder.number, folder.kept)
        self.journal.flush()

    def sync_folder(self, node):
        for child in node.entries.values():
            self.note("node", child, self.nodes[child].attributes())
            self.nodes[child].birth = None
        node.kept = dict(node.entries)
        self.note("node", node.number, node.attributes())
        self.note("folder", node.number, node.kept)
        self.journal.flush()


class ForgetfulDisk(pyfuse3.Operations):
    """What the kernel asks. All of it holds for a single mount, so the kernel may keep what it has seen."""

    enable_writeback_cache = False

    def __init__(self, disk):
        super().__init__()
        self.disk = disk
        self.handles, self.last_handle = {}, 0

    def node(self, number):
        try:
            return self.disk.nodes[number]
        except KeyError:
            raise pyfuse3.FUSEError(errno.ENOENT) from None

    def child(self, folder, name):
        number = self.node(folder).entries.get(os.fsdecode(name))
        if number is None:
            raise pyfuse3.FUSEError(errno.ENOENT)
        return self.node(number)

    def entry(self, node):
        entry = pyfuse3.EntryAttributes()
        entry.st_ino, entry.st_mode, entry.st_uid, entry.st_gid = node.number, node.mode, node.uid, node.gid
        entry.st_nlink, entry.st_size = 1, len(node.target) or node.size
        entry.st_atime_ns = entry.st_mtime_ns = entry.st_ctime_ns = node.time
        entry.st_blksize, entry.st_blocks = 4096, (node.size + 511) // 512
        entry.entry_timeout = entry.attr_timeout = FOREVER
        return entry

    async def lookup(self, parent_inode, name, ctx=None):
        if name == b".":
            return self.entry(self.node(parent_inode))
        return self.entry(self.child(parent_inode, name))

    async def getattr(self, inode, ctx=None):
        return self.entry(self.node(inode))

    async def setattr(self, inode, attr, fields, fh, ctx):
        node = self.node(inode)
        if fields.update_size:
            os.truncate(self.disk.renew(node), attr.st_size)
            if attr.st_size > node.size:
                node.dirty.append((node.size, attr.st_size - node.size))
            node.size = attr.st_size
        if fields.update_mode:
            node.mode = stat.S_IFMT(node.mode) | stat.S_IMODE(attr.st_mode)
        if fields.update_uid:
            node.uid = attr.st_uid
        if fields.update_gid:
            node.gid = attr.st_gid
        node.time = attr.st_mtime_ns if fields.update_mtime else time.time_ns()
        return self.entry(node)

    async def readlink(self, inode, ctx):
        return self.node(inode).target

    def add(self, parent, name, mode, ctx):
        folder, name = self.node(parent), os.fsdecode(name)
        if name in folder.entries:
            raise pyfuse3.FUSEError(errno.EEXIST)
        gid = folder.gid if folder.mode & stat.S_ISGID else ctx.gid
        node = self.disk.make(mode, ctx.uid, gid)
        folder.entries[name] = node.number
        folder.time = time.time_ns()
        if stat.S_ISREG(mode):
            node.birth = (folder, name)
        return node

    async def mkdir(self, parent_inode, name, mode, ctx):
        return self.entry(self.add(parent_inode, name, stat.S_IFDIR | mode & ~ctx.umask, ctx))

    async def symlink(self, parent_inode, name, target, ctx):
        node = self.add(parent_inode, name, stat.S_IFLNK | 0o777, ctx)
        node.target = target
        return self.entry(node)

    async def unlink(self, parent_inode, name, ctx):
        self.child(parent_inode, name)
        del self.node(parent_inode).entries[os.fsdecode(name)]

    async def rmdir(self, parent_inode, name, ctx):
        if self.child(parent_inode, name).entries:
            raise pyfuse3.FUSEError(errno.ENOTEMPTY)
        del self.node(parent_inode).entries[os.fsdecode(name)]

    async def rename(self, parent_inode_old, name_old, parent_inode_new, name_new, flags, ctx):
        if flags:
            raise pyfuse3.FUSEError(errno.EINVAL)
        node = self.child(parent_inode_old, name_old)
        target = self.node(parent_inode_new).entries.get(os.fsdecode(name_new))
        if target is not None and self.node(target).entries:
            raise pyfuse3.FUSEError(errno.ENOTEMPTY)
        del self.node(parent_inode_old).entries[os.fsdecode(name_old)]
        self.node(parent_inode_new).entries[os.fsdecode(name_new)] = node.number

    def handle(self, node):
        self.last_handle += 1
        self.handles[self.last_handle] = node
        return self.last_handle

    async def open(self, inode, flags, ctx):
        return pyfuse3.FileInfo(fh=self.handle(self.node(inode)), keep_cache=True)

    async def create(self, parent_inode, name, mode, flags, ctx):
        node = self.add(parent_inode, name, stat.S_IFREG | mode & ~ctx.umask, ctx)
        self.disk.renew(node)
        return pyfuse3.FileInfo(fh=self.handle(node), keep_cache=True), self.entry(node)

    async def read(self, fh, off, size):
        with open(self.disk.path(self.handles[fh]), "rb") as file:
            return os.pread(file.fileno(), size, off)

    async def write(self, fh, off, buf):
        node = self.handles[fh]
        descriptor = os.open(self.disk.renew(node), os.O_WRONLY)
        try:
            os.pwrite(descriptor, buf, off)
        finally:
            os.close(descriptor)
        node.dirty.append((off, len(buf)))
        if off > node.size:
            node.dirty.append((node.size, off - node.size))
        node.size, node.time = max(node.size, off + len(buf)), time.time_ns()
        return len(buf)

    async def fsync(self, fh, datasync):
        self.disk.sync_file(self.handles[fh])

    async def flush(self, fh):
        pass

    async def release(self, fh):
        del self.handles[fh]

    async def opendir(self, inode, ctx):
        return self.handle(self.node(inode))

    async def readdir(self, fh, start_id, token):
        entries = sorted(self.handles[fh].entries.items(), key=lambda entry: entry[1])
        for name, number in entries:
            if number > start_id and not pyfuse3.readdir_reply(
                token, os.fsencode(name), self.entry(self.node(number)), number
            ):
                return

    async def fsyncdir(self, fh, datasync):
        self.disk.sync_folder(self.handles[fh])

    async def releasedir(self, fh):
        del self.handles[fh]

    async def statfs(self, ctx):
        values = pyfuse3.StatvfsData()
        values.f_bsize = values.f_frsize = 4096
        values.f_blocks = values.f_bfree = values.f_bavail = 1 << 22
        values.f_files = values.f_ffree = values.f_favail = 1 << 20
        values.f_namemax = 255
        return values


def main():
    store, mountpoint = sys.argv[1:]
    options = set(pyfuse3.default_options) | {"fsname=forgetful", "allow_other", "default_permissions"}
    pyfuse3.init(ForgetfulDisk(Disk(store)), mountpoint, options)
    try:
        trio.run(pyfuse3.main)
    finally:
        pyfuse3.close()


if __name__ == "__main__":
    main()
